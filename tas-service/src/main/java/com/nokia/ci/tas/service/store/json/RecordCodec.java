package com.nokia.ci.tas.service.store.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.Flapping;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;

/**
 * Turns records of one type into bytes and back, secrets included. Safe for several threads.
 *
 * @param <T> a record, made of records, sealed interfaces of records, lists, maps, optionals, times
 *     and what the language has
 */
public final class RecordCodec<T extends Record> {

  /** Changes when an older program could not make sense of what is written any more. */
  public static final int FORMAT = 1;

  /** Settings that an older program did not know are those of a configuration that says nothing. */
  private static final List<Record> DEFAULTS =
      List.of(
          FarmSettings.TestLimits.DEFAULTS,
          FarmSettings.Silence.DEFAULTS,
          FarmSettings.Bounds.DEFAULTS,
          FarmSettings.HealthLimits.DEFAULTS,
          Flapping.NONE,
          TestOrigin.UNKNOWN);

  private final Class<T> type;
  private final Shape shape;
  private final JsonFactory factory;

  private RecordCodec(Class<T> type, JsonFactory factory) {
    this.type = type;
    this.shape = new Shapes(DEFAULTS).of(type);
    this.factory = factory;
  }

  /** Writes Smile, a binary JSON: small and fast. */
  public static <T extends Record> RecordCodec<T> binary(Class<T> type) {
    return new RecordCodec<>(
        type,
        SmileFactory.builder()
            .enable(SmileGenerator.Feature.CHECK_SHARED_STRING_VALUES)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build());
  }

  /** Writes JSON, which a person or another program can read. */
  public static <T extends Record> RecordCodec<T> text(Class<T> type) {
    return new RecordCodec<>(
        type,
        JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build());
  }

  /**
   * Writes a record; neither flushes nor closes.
   *
   * @throws IOException when the stream does
   */
  public void write(T value, OutputStream to) throws IOException {
    try (var out = factory.createGenerator(to)) {
      shape.write(out, value);
    }
  }

  /**
   * Reads a record; does not close.
   *
   * @throws IOException when the stream does, or what is in it is no such record
   */
  public T read(InputStream from) throws IOException {
    try (var in = factory.createParser(from)) {
      in.nextToken();
      return type.cast(shape.read(in));
    } catch (ArithmeticException | DateTimeException e) {
      throw new IOException("what is written is no " + type.getSimpleName(), e);
    }
  }

  /** The bytes of a record. */
  public byte[] bytes(T value) {
    var bytes = new ByteArrayOutputStream(512);
    try {
      write(value, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * A record of its bytes.
   *
   * @throws IOException when they are none
   */
  public T of(byte[] bytes) throws IOException {
    return read(new ByteArrayInputStream(bytes));
  }

  /** The bytes of a record as text, from a codec that writes text. */
  public String textOf(T value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }
}

package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.json.RecordCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a simulated service has written: bytes, as the real stores keep them, or records. What is
 * written changes no more, so its bytes are made when it is read; most of it never is.
 */
final class SimulatedDisk {
  private static final RecordCodec<Batch> BATCHES = RecordCodec.binary(Batch.class);
  private static final RecordCodec<FarmImage> IMAGES = RecordCodec.binary(FarmImage.class);

  private final boolean isOfBytes;
  private final TreeMap<Long, Written<Batch>> journal = new TreeMap<>();
  private Optional<Written<FarmImage>> image = Optional.empty();

  /** Without bytes it keeps the records themselves, for farms in which the codec is not tried. */
  SimulatedDisk(boolean isOfBytes) {
    this.isOfBytes = isOfBytes;
  }

  /** What can be read again. */
  interface Written<T extends Record> {
    T read();
  }

  void append(long number, Supplier<Batch> batch) {
    journal.put(number, written(BATCHES, batch));
  }

  /** How many batches there are behind the last checkpoint. */
  int length() {
    return journal.size();
  }

  Written<FarmImage> written(FarmSnapshot snapshot) {
    return written(IMAGES, snapshot::image);
  }

  private <T extends Record> Written<T> written(RecordCodec<T> codec, Supplier<T> value) {
    return () -> isOfBytes ? read(codec, bytes(codec, value.get())) : value.get();
  }

  /** A checkpoint is complete: it stands for all batches up to a number. */
  void checkpoint(long batch, Written<FarmImage> written) {
    image = Optional.of(written);
    journal.headMap(batch, true).clear();
  }

  Optional<FarmImage> image() {
    return image.map(Written::read);
  }

  List<Batch> batches() {
    var batches = new ArrayList<Batch>();
    journal.values().forEach(written -> batches.add(written.read()));
    return batches;
  }

  private static <T extends Record> byte[] bytes(RecordCodec<T> codec, T value) {
    var out = new ByteArrayOutputStream();
    try {
      codec.write(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static <T extends Record> T read(RecordCodec<T> codec, byte[] written) {
    try {
      return codec.read(new ByteArrayInputStream(written));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

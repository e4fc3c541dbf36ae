package com.nokia.ci.tas.service.store.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The shapes of what is one token. */
final class Scalars {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Beyond this, a time is no number of nanoseconds any more. */
  private static final long MOST_SECONDS = Long.MAX_VALUE / SECOND - 1;

  private Scalars() {}

  private interface Writing<T> {
    void write(JsonGenerator out, T value) throws IOException;
  }

  private interface Reading<T> {
    T read(JsonParser in) throws IOException;
  }

  private static <T> Shape shape(
      Class<T> type, T nothing, Writing<? super T> writing, Reading<? extends T> reading) {
    return new Shape() {
      @Override
      public void write(JsonGenerator out, Object value) throws IOException {
        writing.write(out, type.cast(value));
      }

      @Override
      public Object read(JsonParser in) throws IOException {
        return reading.read(in);
      }

      @Override
      public Optional<Object> nothing() {
        return Optional.of(nothing);
      }
    };
  }

  /** The shapes of the types of the language and of time. */
  static Map<Class<?>, Shape> all() {
    var shapes = new HashMap<Class<?>, Shape>();
    shapes.put(String.class, shape(String.class, "", JsonGenerator::writeString, Scalars::text));
    Shape integer = shape(Integer.class, 0, JsonGenerator::writeNumber, JsonParser::getIntValue);
    shapes.put(int.class, integer);
    shapes.put(Integer.class, integer);
    Shape whole = shape(Long.class, 0L, JsonGenerator::writeNumber, JsonParser::getLongValue);
    shapes.put(long.class, whole);
    shapes.put(Long.class, whole);
    Shape real = shape(Double.class, 0.0, JsonGenerator::writeNumber, JsonParser::getDoubleValue);
    shapes.put(double.class, real);
    shapes.put(Double.class, real);
    Shape truth =
        shape(Boolean.class, false, JsonGenerator::writeBoolean, JsonParser::getBooleanValue);
    shapes.put(boolean.class, truth);
    shapes.put(Boolean.class, truth);
    shapes.put(
        Instant.class, shape(Instant.class, Instant.EPOCH, Scalars::write, Scalars::instant));
    shapes.put(
        Duration.class, shape(Duration.class, Duration.ZERO, Scalars::write, Scalars::duration));
    return shapes;
  }

  /** Constants by their names in kebab case. */
  static Shape constants(Class<?> type) {
    var byWord = new HashMap<String, Object>();
    for (Object constant : type.getEnumConstants()) {
      byWord.put(word((Enum<?>) constant), constant);
    }
    return new Shape() {
      @Override
      public void write(JsonGenerator out, Object value) throws IOException {
        out.writeString(word((Enum<?>) value));
      }

      @Override
      public Object read(JsonParser in) throws IOException {
        Object constant = byWord.get(text(in));
        if (constant == null) {
          throw new Misfit(in, type.getSimpleName() + " has no constant " + in.getText());
        }
        return constant;
      }

      @Override
      public Optional<Object> nothing() {
        return Optional.empty();
      }
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String text(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw new Misfit(in, "a text is missing");
    }
    return in.getText();
  }

  private static void write(JsonGenerator out, Instant time) throws IOException {
    if (Math.abs(time.getEpochSecond()) < MOST_SECONDS) {
      out.writeNumber(time.getEpochSecond() * SECOND + time.getNano());
    } else {
      out.writeString(time.toString());
    }
  }

  private static Instant instant(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return Instant.parse(in.getText());
    }
    long nanos = in.getLongValue();
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  private static void write(JsonGenerator out, Duration time) throws IOException {
    if (Math.abs(time.toSeconds()) < MOST_SECONDS) {
      out.writeNumber(time.toNanos());
    } else {
      out.writeString(time.toString());
    }
  }

  private static Duration duration(JsonParser in) throws IOException {
    return in.currentToken() == JsonToken.VALUE_STRING
        ? Duration.parse(in.getText())
        : Duration.ofNanos(in.getLongValue());
  }
}

package com.nokia.ci.tas.service.store.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The shapes of what holds other values. A map is written as a list of keys and values in turn: its
 * keys need not be texts, and those that come from outside do not become names.
 */
final class Collected {
  private Collected() {}

  static Shape list(Shape element) {
    return collection(element, elements -> List.copyOf(elements));
  }

  static Shape set(Shape element) {
    return collection(
        element, elements -> Collections.unmodifiableSet(new LinkedHashSet<>(elements)));
  }

  static Shape map(Shape key, Shape value) {
    return entries(key, value, Collections::unmodifiableMap);
  }

  static Shape sortedMap(Shape key, Shape value) {
    return entries(
        key,
        value,
        entries ->
            Collections.unmodifiableSortedMap((SortedMap<Object, Object>) new TreeMap<>(entries)));
  }

  /** Written as what is in it; what is empty is left out by the record that has it. */
  static Shape optional(Shape inner) {
    return new Shape() {
      @Override
      public void write(JsonGenerator out, Object value) throws IOException {
        var present = (Optional<?>) value;
        if (present.isPresent()) {
          inner.write(out, present.get());
        } else {
          out.writeNull();
        }
      }

      @Override
      public Object read(JsonParser in) throws IOException {
        return in.currentToken() == JsonToken.VALUE_NULL
            ? Optional.empty()
            : Optional.of(inner.read(in));
      }

      @Override
      public Optional<Object> nothing() {
        return Optional.of(Optional.empty());
      }
    };
  }

  private static Shape collection(
      Shape element, java.util.function.Function<List<Object>, Collection<Object>> made) {
    Object none = made.apply(List.of());
    return new Shape() {
      @Override
      public void write(JsonGenerator out, Object value) throws IOException {
        out.writeStartArray();
        for (Object one : (Collection<?>) value) {
          element.write(out, one);
        }
        out.writeEndArray();
      }

      @Override
      public Object read(JsonParser in) throws IOException {
        begin(in);
        var elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          elements.add(element.read(in));
        }
        return made.apply(elements);
      }

      @Override
      public Optional<Object> nothing() {
        return Optional.of(none);
      }
    };
  }

  private static Shape entries(Shape key, Shape value, UnaryOperator<Map<Object, Object>> made) {
    Object none = made.apply(Map.of());
    return new Shape() {
      @Override
      public void write(JsonGenerator out, Object all) throws IOException {
        out.writeStartArray();
        for (var entry : ((Map<?, ?>) all).entrySet()) {
          key.write(out, entry.getKey());
          value.write(out, entry.getValue());
        }
        out.writeEndArray();
      }

      @Override
      public Object read(JsonParser in) throws IOException {
        begin(in);
        var all = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          Object name = key.read(in);
          in.nextToken();
          all.put(name, value.read(in));
        }
        return made.apply(all);
      }

      @Override
      public Optional<Object> nothing() {
        return Optional.of(none);
      }
    };
  }

  private static void begin(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new Misfit(in, "a list is missing");
    }
  }
}

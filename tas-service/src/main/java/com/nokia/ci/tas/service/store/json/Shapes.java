package com.nokia.ci.tas.service.store.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Finds the shape of a type, and of everything that is in it, once. For one thread. */
final class Shapes {
  private final Map<Type, Shape> found = new HashMap<>(Scalars.all());
  private final Map<Class<?>, Object> defaults = new HashMap<>();

  /**
   * Begins with nothing but the types of the language.
   *
   * @param defaults records whose components stand in for those that are missing in others of their
   *     type
   */
  Shapes(Collection<? extends Record> defaults) {
    defaults.forEach(one -> this.defaults.put(one.getClass(), one));
  }

  /**
   * The shape of a type.
   *
   * @throws IllegalStateException when it has none
   */
  Shape of(Type type) {
    var known = found.get(type);
    if (known == null) {
      known = make(type);
      found.put(type, known);
    }
    return known;
  }

  private Shape make(Type type) {
    if (type instanceof ParameterizedType generic) {
      return make((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    if (type instanceof Class<?> plain) {
      if (plain.isEnum()) {
        return Scalars.constants(plain);
      }
      if (plain.isRecord()) {
        return record(plain);
      }
      if (plain.isSealed()) {
        return new SealedShape(plain, this::record);
      }
    }
    throw new IllegalStateException(type.getTypeName() + " cannot be kept");
  }

  private Shape make(Class<?> raw, Type... of) {
    if (raw == Optional.class) {
      return Collected.optional(of(of[0]));
    }
    if (raw == List.class) {
      return Collected.list(of(of[0]));
    }
    if (raw == Set.class) {
      return Collected.set(of(of[0]));
    }
    if (raw == Map.class) {
      return Collected.map(of(of[0]), of(of[1]));
    }
    if (raw == SortedMap.class) {
      return Collected.sortedMap(of(of[0]), of(of[1]));
    }
    throw new IllegalStateException(raw.getTypeName() + " cannot be kept");
  }

  private RecordShape record(Class<?> type) {
    return new RecordShape(type, Optional.ofNullable(defaults.get(type)), this::of);
  }
}

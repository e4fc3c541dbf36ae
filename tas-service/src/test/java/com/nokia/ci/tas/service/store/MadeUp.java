package com.nokia.ci.tas.service.store;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.DottedNumber;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Lender;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes up records of any type, every component filled, so that none can be lost unnoticed. */
public final class MadeUp {
  private final Random random;

  public MadeUp(long seed) {
    random = new Random(seed);
  }

  /** Makes up the same for the same seed. */
  public <T> T one(Class<T> type) {
    return type.cast(value(type));
  }

  /** The records that a sealed type permits. */
  public static List<Class<?>> cases(Class<?> sealed) {
    var all = new ArrayList<Class<?>>();
    for (var permitted : sealed.getPermittedSubclasses()) {
      all.addAll(permitted.isSealed() ? cases(permitted) : List.of(permitted));
    }
    return all;
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return value((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    var plain = (Class<?>) type;
    if (plain.isEnum()) {
      var constants = plain.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    if (plain == ContentDigest.class) {
      return new ContentDigest("%064x".formatted(random.nextInt(1_000)));
    }
    if (plain == DirectAccess.class) {
      return new DirectAccess(
          new Endpoint("a.example.org", 1 + random.nextInt(9)),
          "ticket-" + random.nextInt(9),
          Optional.of("0a".repeat(32)));
    }
    if (plain == Lender.class) {
      return new Lender(
          new ContentDigest("%064x".formatted(random.nextInt(1_000))),
          new Endpoint("a.example.org", 1 + random.nextInt(9)),
          "ticket-" + random.nextInt(9));
    }
    if (plain == DottedNumber.class) {
      return new DottedNumber("14." + random.nextInt(99));
    }
    if (plain.isRecord()) {
      return record(plain);
    }
    if (plain.isSealed()) {
      var cases = cases(plain);
      return record(cases.get(random.nextInt(cases.size())));
    }
    return scalar(plain);
  }

  private Object scalar(Class<?> type) {
    if (type == String.class) {
      return word();
    } else if (type == int.class || type == Integer.class) {
      return 1 + random.nextInt(9);
    } else if (type == long.class || type == Long.class) {
      return 1 + random.nextLong(1_000_000_000_000L);
    } else if (type == double.class || type == Double.class) {
      return 1 + random.nextDouble();
    } else if (type == boolean.class || type == Boolean.class) {
      return true;
    } else if (type == Instant.class) {
      return Instant.ofEpochSecond(
          1_700_000_000L + random.nextInt(99_999_999), random.nextInt(999));
    } else if (type == Duration.class) {
      return Duration.ofNanos(1 + random.nextLong(1L << 60));
    }
    throw new IllegalStateException(type + " cannot be made up");
  }

  private Object value(Class<?> raw, Type... of) {
    if (raw == Optional.class) {
      return Optional.of(value(of[0]));
    } else if (raw == List.class) {
      return List.of(value(of[0]), value(of[0]));
    } else if (raw == Set.class) {
      return new LinkedHashSet<>(List.of(value(of[0])));
    } else if (raw == Map.class) {
      return new LinkedHashMap<>(Map.of(value(of[0]), value(of[1])));
    } else if (raw == SortedMap.class) {
      return new TreeMap<>(Map.of(value(of[0]), value(of[1])));
    }
    throw new IllegalStateException(raw + " cannot be made up");
  }

  private Object record(Class<?> type) {
    var components = type.getRecordComponents();
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(
          Arrays.stream(components).map(c -> value(c.getGenericType())).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made up", e);
    }
  }

  private String word() {
    var word = new StringBuilder("ä\uD83D\uDE00");
    for (int i = random.nextInt(80); i >= 0; i--) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.substring(random.nextBoolean() ? 0 : 3);
  }
}

package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.ExtraAttributes;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Role;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What devices say of themselves, through a CI proxy that knows of it: the operating system, the
 * battery, the operator of a SIM card. Some of it is known to the guide and fills what the
 * maintainer has left empty; the rest become attributes of the product, where its file does not say
 * otherwise.
 */
final class DeviceFacts {
  /** What a device may say of the guide's attributes: not who it is, and no codes. */
  private static final Set<ProductAttribute> OF_THE_GUIDE =
      EnumSet.of(
          ProductAttribute.ROLE,
          ProductAttribute.SN,
          ProductAttribute.SW_VERSION,
          ProductAttribute.FINGERPRINT,
          ProductAttribute.PRODUCT_CODE,
          ProductAttribute.HARDWARE_TYPE,
          ProductAttribute.SIM1_OPERATOR,
          ProductAttribute.SIM1_OPERATOR_CODE,
          ProductAttribute.SIM1_OPERATOR_COUNTRY,
          ProductAttribute.SIM1_SIGNAL,
          ProductAttribute.SIM2_OPERATOR,
          ProductAttribute.SIM2_OPERATOR_CODE,
          ProductAttribute.SIM2_OPERATOR_COUNTRY,
          ProductAttribute.SIM2_SIGNAL);

  private static final String ROLE = ProductAttribute.ROLE.text();

  private DeviceFacts() {}

  /** The role that a product has until its maintainer says otherwise; empty when none is told. */
  static String role(Map<String, String> facts) {
    return Role.of(facts.getOrDefault(ROLE, "")).map(Role::text).orElse("");
  }

  /**
   * Reads facts as they are on the wire, {@code name=value} with percent signs; those that break
   * the rules are left out.
   */
  static Map<String, String> read(List<String> fields) {
    var facts = new TreeMap<String, String>();
    for (var field : fields) {
      int equals = field.indexOf('=');
      String name = equals < 0 ? "" : field.substring(0, equals);
      if (facts.size() < ExtraAttributes.MOST && isFact(name)) {
        decoded(field.substring(equals + 1))
            .filter(value -> !value.isEmpty() && value.length() <= ExtraAttributes.LONGEST_VALUE)
            .filter(value -> value.chars().noneMatch(Character::isISOControl))
            .filter(value -> !name.equals(ROLE) || Role.of(value).isPresent())
            .ifPresent(value -> facts.put(name, value));
      }
    }
    return facts;
  }

  /**
   * What a file and a device say together: the maintainer has the last word, and first call on the
   * number of attributes that a product may have.
   */
  static ProductDescription under(ProductDescription file, Map<String, String> facts) {
    var own = ExtraAttributes.bounded(file);
    long extras = own.values().keySet().stream().filter(ExtraAttributes::isExtra).count();
    var all = new TreeMap<>(own.values());
    for (var fact : new TreeMap<>(facts).entrySet()) {
      boolean isNew = own.value(fact.getKey()).isEmpty();
      if (isNew && !ExtraAttributes.isExtra(fact.getKey())) {
        all.put(fact.getKey(), fact.getValue());
      } else if (isNew && extras < ExtraAttributes.MOST) {
        all.put(fact.getKey(), fact.getValue());
        extras++;
      }
    }
    return new ProductDescription(all);
  }

  private static boolean isFact(String name) {
    return ProductAttribute.of(name)
        .map(OF_THE_GUIDE::contains)
        .orElseGet(() -> ExtraAttributes.complaint(name).isEmpty());
  }

  private static Optional<String> decoded(String value) {
    var bytes = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '%') {
        int high = i + 2 <= value.length() - 1 ? Character.digit(value.charAt(i + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
        if (low < 0) {
          return Optional.empty();
        }
        bytes.write(high * 16 + low);
        i += 2;
      } else if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || ".-_~".indexOf(c) >= 0) {
        bytes.write(c);
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString()
              .strip());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }
}

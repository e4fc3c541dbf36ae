package com.nokia.ci.tas.commons.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which attributes a farm may give its products beyond those of the guide: elements that a
 * maintainer adds to a product file, and facts that a device tells of itself. Demands can ask for
 * them by name; they are shown to everybody, so nothing that is named like a code or a password
 * ever becomes one.
 */
public final class ExtraAttributes {
  /** No product has more. */
  public static final int MOST = 32;

  public static final int LONGEST_NAME = 40;
  public static final int LONGEST_VALUE = 200;

  /** Shorter names of the guide are near to too many others. */
  private static final int SHORTEST_TYPED_WRONG = 4;

  /** Names at which a line reader of messages changes its state. */
  private static final Set<String> BLOCKS =
      Set.of(
          "message",
          "test",
          "test-packages",
          "test-package",
          "files",
          "product",
          "operation",
          "text",
          "remote",
          "test-node",
          "artifacts",
          "envparams",
          "required-products",
          "reserved-products",
          "sender",
          "receiver",
          "file",
          "sim1",
          "sim2");

  private static final Set<String> SECRETS =
      Set.of(
          "pin",
          "puk",
          "password",
          "passwd",
          "passcode",
          "passphrase",
          "secret",
          "token",
          "credential",
          "credentials");

  private static final Set<String> OF_SIM_CARDS =
      Arrays.stream(ProductAttribute.values())
          .filter(attribute -> attribute.sim() > 0)
          .map(ProductAttribute::elementName)
          .collect(Collectors.toUnmodifiableSet());

  private static final List<String> MISTAKABLE =
      Arrays.stream(ProductAttribute.values())
          .map(ProductAttribute::text)
          .filter(name -> name.length() >= SHORTEST_TYPED_WRONG)
          .toList();

  private ExtraAttributes() {}

  /** What is wrong with a name of a further attribute, as the end of a sentence about it. */
  public static Optional<String> complaint(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || !isWellFormed(name)) {
      return Optional.of(
          "is no name of letters a to z, digits, dot, minus and underscore, up to "
              + LONGEST_NAME
              + " of them");
    }
    if (BLOCKS.contains(name)
        || OF_SIM_CARDS.contains(name)
        || ProductAttribute.of(name).isPresent()) {
      return Optional.of("has a meaning of its own");
    }
    if (isNamedLikeASecret(name)) {
      return Optional.of("is named like something secret");
    }
    return NearestName.slipOf(name, MISTAKABLE).map(near -> "looks like " + near);
  }

  /** Whether messages have a meaning of their own for a name. */
  public static boolean isBlock(String name) {
    return BLOCKS.contains(name);
  }

  /** Whether an attribute is one beyond those of the guide. */
  public static boolean isExtra(String name) {
    return ProductAttribute.of(name).isEmpty();
  }

  /**
   * The same product without further attributes that must not be, in the order of their names no
   * more than {@value #MOST}. What is too long is left out and not cut, for a part would say
   * something else.
   */
  public static ProductDescription bounded(ProductDescription product) {
    if (product.values().keySet().stream().noneMatch(ExtraAttributes::isExtra)) {
      return product;
    }
    var kept = new TreeMap<String, String>();
    int extras = 0;
    for (var entry : product.values().entrySet()) {
      if (!isExtra(entry.getKey())) {
        kept.put(entry.getKey(), entry.getValue());
      } else if (extras < MOST
          && entry.getValue().length() <= LONGEST_VALUE
          && complaint(entry.getKey()).isEmpty()) {
        kept.put(entry.getKey(), entry.getValue());
        extras++;
      }
    }
    return new ProductDescription(kept);
  }

  private static boolean isWellFormed(String name) {
    return isLetter(name.charAt(0))
        && name.chars()
            .allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || "_.-".indexOf(c) >= 0);
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }

  /** {@code pin3} and {@code wifi-password} are; {@code pinout} is not. */
  private static boolean isNamedLikeASecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("security-code")) {
      return true;
    }
    int start = 0;
    for (int i = 0; i <= lower.length(); i++) {
      if (i == lower.length() || !isLetter(lower.charAt(i))) {
        if (SECRETS.contains(lower.substring(start, i))) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }
}

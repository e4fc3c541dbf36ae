package com.nokia.ci.tas.ciproxy.detector;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is known of a device beyond its connection: battery, version, operator, the cable it hangs
 * on. Names are those of the guide where it has one.
 *
 * <p>Hostile texts do no harm: a name that is none and an empty value are left out, control
 * characters become blanks, long values are cut, and of too many facts the first by name stay.
 *
 * @param values by name, in the order of names; at most {@link #MOST}
 */
public record Facts(SortedMap<String, String> values) {
  /** More than any device tells of itself. */
  public static final int MOST = 32;

  /** Serial number. */
  public static final String SERIAL_NUMBER = "sn";

  /**
   * Where a device hangs: {@code usb:1-1.4} or {@code tcp:192.168.1.5:5555}. The USB detector and
   * adb name a port alike. The tools for iOS devices tell no port: {@code ios:} and the device.
   */
  public static final String CABLE = "cable";

  /** USB vendor and product: {@code 0451:bef3}. */
  public static final String USB = "usb";

  /** How often a cable went in and out, and which. */
  public static final String FLAPPING = "flapping";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final int LONGEST = 200;
  private static final Facts NONE = new Facts(Collections.emptySortedMap());

  public Facts {
    var clean = new TreeMap<String, String>();
    values.forEach(
        (name, value) -> {
          String text = clean(value);
          if (isName(name) && !text.isEmpty() && clean.size() < MOST) {
            clean.put(name, text);
          }
        });
    values = Collections.unmodifiableSortedMap(clean);
  }

  /** Nothing known. */
  public static Facts none() {
    return NONE;
  }

  public static Facts of(Map<String, String> values) {
    return values.isEmpty() ? NONE : new Facts(new TreeMap<>(values));
  }

  /** Whether a text can be the name of a fact. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The same and one more; an empty value takes a fact away. */
  public Facts with(String name, String value) {
    var more = new TreeMap<>(values);
    more.put(name, value);
    return new Facts(more);
  }

  /** The same, and what another knows of names that are not known here. */
  public Facts or(Facts other) {
    var more = new TreeMap<>(other.values);
    more.putAll(values);
    return of(more);
  }

  private static String clean(String value) {
    var text = new StringBuilder();
    value
        .codePoints()
        .map(c -> isText(c) ? c : ' ')
        .limit(2 * LONGEST)
        .forEach(text::appendCodePoint);
    String clean = text.toString().strip();
    return clean.codePointCount(0, clean.length()) <= LONGEST
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, LONGEST)).strip();
  }

  private static boolean isText(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}

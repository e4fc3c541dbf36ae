package com.nokia.ci.tas.ciproxy.detector;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ways to ask an Android device for its IMEI. Which of them is open depends on the version and
 * on who built the software; each only reads, and what comes counts only with a right check digit.
 *
 * @param command to run on the device
 * @param reader finds the IMEI in what it prints
 */
record AdbImei(String command, Function<String, Optional<String>> reader) {
  private static final int FIRST_WITHOUT_DUMP = 21;
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

  /** Up to Android 4.4: {@code Device ID = 490154203237518}. */
  private static final AdbImei DUMP =
      new AdbImei("dumpsys iphonesubinfo", it -> labelled("Device ID", it));

  /** From Android 11, where the caller has to name itself. */
  private static final AdbImei CALL_BY_NAME =
      new AdbImei("service call iphonesubinfo 1 s16 com.android.shell", AdbImei::inParcel);

  /** From Android 5 to 10. */
  private static final AdbImei CALL =
      new AdbImei("service call iphonesubinfo 1", AdbImei::inParcel);

  /** From Android 13, on software that is not for users. */
  private static final AdbImei PHONE =
      new AdbImei("cmd phone get-imei", it -> labelled("IMEI", it));

  /** The ways to try on a device, in this order. */
  static List<AdbImei> ways(Map<String, String> properties) {
    return sdk(properties) >= FIRST_WITHOUT_DUMP
        ? List.of(CALL_BY_NAME, CALL, PHONE)
        : List.of(DUMP, CALL);
  }

  /** The IMEI in what the command prints. */
  Optional<String> in(String output) {
    return reader.apply(output);
  }

  private static int sdk(Map<String, String> properties) {
    String sdk = properties.getOrDefault("ro.build.version.sdk", "");
    return sdk.matches("\\d{1,4}") ? Integer.parseInt(sdk) : 0;
  }

  /** The first IMEI on a line with this label: other numbers have fifteen digits too. */
  private static Optional<String> labelled(String label, String output) {
    return output.lines().filter(it -> it.contains(label)).flatMap(AdbImei::imeis).findFirst();
  }

  private static Stream<String> imeis(String text) {
    return DIGITS.matcher(text).results().map(it -> it.group()).filter(Imei::isValid);
  }

  /** A parcel shows its text in quotes, a dot between any two digits: {@code '........4.9.0.'}. */
  private static Optional<String> inParcel(String output) {
    var digits = new StringBuilder();
    QUOTED
        .matcher(output)
        .results()
        .flatMapToInt(it -> it.group(1).chars())
        .filter(c -> c >= '0' && c <= '9')
        .limit(100)
        .forEach(c -> digits.append((char) c));
    return Optional.of(digits.toString()).filter(Imei::isValid);
  }
}

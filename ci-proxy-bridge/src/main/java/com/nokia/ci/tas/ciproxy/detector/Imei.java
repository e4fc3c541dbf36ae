package com.nokia.ci.tas.ciproxy.detector;

/** IMEI numbers: fourteen digits and a check digit (Luhn). */
public final class Imei {
  private static final String TYPE_ALLOCATION_CODE = "00440213";
  private static final int LENGTH = 15;

  private Imei() {}

  /** The IMEI of the n-th simulated product, from 1. */
  static String simulated(int number) {
    String digits = TYPE_ALLOCATION_CODE + "%06d".formatted(number);
    return digits + checkDigit(digits);
  }

  /** Whether a text is an IMEI with the right check digit. */
  public static boolean isValid(String text) {
    return text.length() == LENGTH
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && checkDigit(text.substring(0, LENGTH - 1)) == text.charAt(LENGTH - 1) - '0';
  }

  private static int checkDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      // Counted from the check digit, which stands behind the last one, each second is doubled.
      int weighed = (digits.length() - i) % 2 == 0 ? digit : 2 * digit;
      sum += weighed / 10 + weighed % 10;
    }
    return (10 - sum % 10) % 10;
  }
}

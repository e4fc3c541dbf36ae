package com.nokia.ci.tas.service.json;

import java.util.regex.Pattern;

/** What of a text may be shown to anybody. */
public final class OpenText {
  private static final Pattern SECRET_CLAUSE =
      Pattern.compile(
          "(?i)(sim[12]-(?:pin|puk|security)[a-z0-9-]*\\s*:)\\s*(?:\"(?:[^\"\\\\]|\\\\.)*\"?|[^;)]*)");

  private OpenText() {}

  /** An expression of required products without the codes it may ask for. */
  public static String ofExpression(String expression) {
    return SECRET_CLAUSE.matcher(expression).replaceAll("$1…");
  }
}

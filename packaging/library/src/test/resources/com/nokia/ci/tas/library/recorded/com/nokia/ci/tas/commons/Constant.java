package com.nokia.ci.tas.commons;

/** The guide's API as it was; no constant expressions, so that they are looked up when it runs. */
public class Constant {
  public static final long ONE_HOUR = Long.parseLong("3600000");
  public static final long THIRTY_SECONDS = Long.parseLong("30000");
}

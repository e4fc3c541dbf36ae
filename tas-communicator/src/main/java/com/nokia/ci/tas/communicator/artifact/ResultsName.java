package com.nokia.ci.tas.communicator.artifact;

/** How the results file of a sub-test is called on its way to the client. */
public final class ResultsName {
  private ResultsName() {}

  /**
   * The name with the sub-id before its last extension, or behind it where there is none: {@code
   * results.zip} and {@code _2} give {@code results_2.zip}.
   */
  public static String of(String name, String subId) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name + subId : name.substring(0, dot) + subId + name.substring(dot);
  }
}

package com.nokia.ci.tas.client.verdict;

/** What a test says about the thing under test. */
public enum Verdict {
  /** It was executed, and nothing it looked at was wrong. */
  PASS,
  /** It was executed, and something it looked at was wrong. */
  FAIL,
  /** It says nothing: it was not executed to its end, or what it left cannot be read. */
  ERROR
}

package com.nokia.ci.tas.client.publish;

import java.time.Instant;
import java.util.List;

/**
 * What is about to be tested.
 *
 * @param project it belongs to; may be empty
 * @param series the name of this test from one time to the next, such as {@code nightly}
 * @param tests ids of the tests
 * @param begun when
 */
public record Announcement(String project, String series, List<String> tests, Instant begun) {
  public Announcement {
    tests = List.copyOf(tests);
  }
}

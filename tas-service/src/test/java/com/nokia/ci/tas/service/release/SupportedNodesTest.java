package com.nokia.ci.tas.service.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProgramVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SupportedNodesTest {
  private static final ProgramVersion OLDEST = new ProgramVersion(0, 3, 2);

  @ParameterizedTest
  @ValueSource(strings = {"0.3.1", "0.2.99", "0.3.1-SNAPSHOT", " 0.0.9 "})
  void aReleaseBeforeTheOldestIsTooOldAndTheSentenceNamesBoth(String version) {
    String sentence = SupportedNodes.complaint(version, OLDEST).orElseThrow();

    assertTrue(sentence.contains(version) && sentence.contains("0.3.2"), sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.3.2", "0.3.10", "1.0.0", "aol.7", "development", "", "2026", "0.3"})
  void laterReleasesEarlierProgramsAndThoseOfOthersAreWelcome(String version) {
    assertEquals(Optional.empty(), SupportedNodes.complaint(version, OLDEST));
  }

  @Test
  void theFirstReleaseIsSupported() {
    var node = new NodeDescription(new Endpoint("node.example", 27_182), "", "0.1.0");

    assertEquals(Optional.empty(), SupportedNodes.complaint(node));
  }
}

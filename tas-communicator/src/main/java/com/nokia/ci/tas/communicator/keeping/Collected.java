package com.nokia.ci.tas.communicator.keeping;

import java.util.List;
import java.util.Set;

/**
 * What a run has left of what its issuer wants.
 *
 * @param files in the order in which they are sent
 * @param complaints a sentence for each thing that is missing
 */
record Collected(List<KeptFile> files, List<String> complaints) {
  Collected {
    files = List.copyOf(files);
    complaints = List.copyOf(complaints);
  }

  Collected delivered(Set<String> names) {
    return new Collected(
        files.stream().map(it -> names.contains(it.name()) ? it.asDelivered() : it).toList(),
        complaints);
  }

  /** How many files nobody has got yet. */
  long undelivered() {
    return files.stream().filter(it -> !it.delivered()).count();
  }

  boolean isDelivered() {
    return files.stream().allMatch(KeptFile::delivered);
  }
}

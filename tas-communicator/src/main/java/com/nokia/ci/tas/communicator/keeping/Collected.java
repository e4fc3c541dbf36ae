package com.nokia.ci.tas.communicator.keeping;

import java.util.List;

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

  Collected delivered(String name) {
    return new Collected(
        files.stream().map(it -> it.name().equals(name) ? it.asDelivered() : it).toList(),
        complaints);
  }

  boolean isDelivered() {
    return files.stream().allMatch(KeptFile::delivered);
  }
}

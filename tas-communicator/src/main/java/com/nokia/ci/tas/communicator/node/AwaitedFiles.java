package com.nokia.ci.tas.communicator.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The artifacts of one run that are not there. The only part of a run that changes where it stands:
 * there may be ten thousand, and a copy for each that comes would cost as much as a small file.
 */
final class AwaitedFiles {
  private final List<String> files;
  private int begun;

  /** Those that were asked for and have not come, with how often each was. */
  private final Map<String, Integer> asked = new LinkedHashMap<>();

  /**
   * Nothing has been asked for.
   *
   * @param files in the order in which they are asked for
   */
  AwaitedFiles(List<String> files) {
    this.files = List.copyOf(files);
  }

  /** Whether all have come. */
  boolean isOver() {
    return begun == files.size() && asked.isEmpty();
  }

  /**
   * What is to be asked for now, so that no more than this number are on their way: many together,
   * once half of them have come, for each time costs as much as a small file.
   */
  List<String> ask(int atOnce) {
    int more = asked.size() > atOnce / 2 ? 0 : atOnce - asked.size();
    var next = files.subList(begun, begun + Math.min(more, files.size() - begun));
    next.forEach(name -> asked.put(name, 1));
    begun += next.size();
    return next;
  }

  /** Whether this one was asked for and has not come. */
  boolean isAsked(String name) {
    return asked.containsKey(name);
  }

  /** How many have been asked for and have not come. */
  int onTheirWay() {
    return asked.size();
  }

  /** Of these the one that was asked for first. */
  Optional<String> eldest() {
    return asked.keySet().stream().findFirst();
  }

  /** This one has come. */
  void came(String name) {
    asked.remove(name);
  }

  /**
   * This one has come spoilt, and is to be asked for once more.
   *
   * @return false when it was asked for so often already
   */
  boolean again(String name, int tries) {
    return asked.merge(name, 1, Integer::sum) <= tries;
  }
}

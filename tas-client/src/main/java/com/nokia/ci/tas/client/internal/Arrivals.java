package com.nokia.ci.tas.client.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The files of one test that are coming in, are asked for again, or did not arrive whole. The end
 * of the test is told only when it is quiet here.
 */
final class Arrivals {
  private static final int MOST_REPEATS = 2;

  private final Map<String, String> broken = new TreeMap<>();
  private final Map<String, Integer> repeats = new TreeMap<>();
  private final Set<Object> open = new HashSet<>();
  private final List<Consumer<List<String>>> waiting = new ArrayList<>();

  /** Something begins that the end has to wait for. */
  synchronized void begin(Object what) {
    open.add(what);
  }

  /** Whether nothing is on its way. */
  synchronized boolean isQuiet() {
    return open.isEmpty();
  }

  /** A file is there. */
  synchronized void arrived(String name) {
    broken.remove(name);
  }

  /** A file did not arrive; the sentence says why. */
  synchronized void missed(String name, String sentence) {
    broken.put(name, sentence);
  }

  /** Whether a file may be asked for once more; counts. */
  synchronized boolean mayRepeat(String name) {
    return repeats.merge(name, 1, Integer::sum) <= MOST_REPEATS;
  }

  /** What began is over; nothing happens the second time. */
  void over(Object what) {
    List<Consumer<List<String>>> quiet;
    List<String> missing;
    synchronized (this) {
      if (!open.remove(what) || !open.isEmpty()) {
        return;
      }
      quiet = List.copyOf(waiting);
      waiting.clear();
      missing = List.copyOf(broken.values());
    }
    quiet.forEach(it -> it.accept(missing));
  }

  /** Calls once with the sentences about what is missing, as soon as nothing is on its way. */
  void whenQuiet(Consumer<List<String>> call) {
    List<String> missing;
    synchronized (this) {
      if (!open.isEmpty()) {
        waiting.add(call);
        return;
      }
      missing = List.copyOf(broken.values());
    }
    call.accept(missing);
  }
}

package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** The tests of this client that have not ended. For any thread. */
final class RunningTests {
  /** Tests of one id are of different services. */
  private final ConcurrentMap<TestId, List<RunningTest>> byId = new ConcurrentHashMap<>();

  /** Adds a test unless its service executes one with that id for us already. */
  boolean add(RunningTest test) {
    List<RunningTest> now =
        byId.merge(
            test.id(),
            List.of(test),
            (old, added) ->
                old.stream().anyMatch(it -> it.service().equals(test.service()))
                    ? old
                    : Stream.concat(old.stream(), added.stream()).toList());
    return now.contains(test);
  }

  void remove(RunningTest test) {
    byId.computeIfPresent(
        test.id(),
        (id, old) -> {
          List<RunningTest> left = old.stream().filter(it -> it != test).toList();
          return left.isEmpty() ? null : left;
        });
  }

  List<RunningTest> named(TestId id) {
    return byId.getOrDefault(id, List.of());
  }

  Optional<RunningTest> find(TestId id, Endpoint service) {
    return named(id).stream().filter(it -> it.service().equals(service)).findFirst();
  }

  List<RunningTest> of(Endpoint service) {
    return all().filter(it -> it.service().equals(service)).toList();
  }

  boolean anyOf(Endpoint service) {
    return byId.values().stream()
        .flatMap(List::stream)
        .anyMatch(it -> it.service().equals(service));
  }

  /** All of them, by id. */
  Stream<RunningTest> all() {
    return byId.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(RunningTest::id).thenComparing(RunningTest::service));
  }

  int size() {
    return byId.values().stream().mapToInt(List::size).sum();
  }
}

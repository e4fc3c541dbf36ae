package com.nokia.ci.tas.service.store;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A store in memory. It outlives its service: {@link #reopened} is what the next one finds. May be
 * told to fail.
 */
public final class FakeStore implements Store {
  private final Disk disk;
  private final Retention retention;
  private boolean isClosed;

  private static final class Disk {
    final TreeMap<Long, Batch> journal = new TreeMap<>();
    final TreeMap<Long, FarmImage> images = new TreeMap<>();
    final TreeMap<Long, EndedTest> ended = new TreeMap<>();
    long nextEnded = 1;
    Optional<StoreException> failure = Optional.empty();
  }

  /** An empty store that forgets nothing. */
  public FakeStore() {
    this(Retention.of(Duration.ofDays(10_000), Duration.ofDays(10_000)));
  }

  /** An empty store. */
  public FakeStore(Retention retention) {
    this(new Disk(), retention);
  }

  private FakeStore(Disk disk, Retention retention) {
    this.disk = disk;
    this.retention = retention;
  }

  /** The same store for the next service; this one has lost it. */
  public FakeStore reopened() {
    synchronized (disk) {
      isClosed = true;
      disk.failure = Optional.empty();
      return new FakeStore(disk, retention);
    }
  }

  /** From now on nothing can be written. */
  public void failWith(StoreException failure) {
    synchronized (disk) {
      disk.failure = Optional.of(failure);
    }
  }

  /** What was appended and is still kept. */
  public List<Batch> batches() {
    synchronized (disk) {
      return List.copyOf(disk.journal.values());
    }
  }

  private void check() {
    if (isClosed) {
      throw new StoreException("the store was closed");
    }
  }

  private void checkWritable() {
    check();
    disk.failure.ifPresent(
        failure -> {
          throw failure;
        });
  }

  @Override
  public Past past() {
    synchronized (disk) {
      check();
      return past(Optional.ofNullable(disk.images.lastEntry()).map(e -> e.getKey()));
    }
  }

  @Override
  public Past wholePast() {
    synchronized (disk) {
      check();
      return disk.journal.containsKey(1L)
          ? past(Optional.empty())
          : past(Optional.ofNullable(disk.images.firstEntry()).map(e -> e.getKey()));
    }
  }

  private Past past(Optional<Long> from) {
    var checkpoint = from.map(batch -> new Checkpoint(batch, disk.images.get(batch)));
    var batches = List.copyOf(disk.journal.tailMap(from.orElse(0L), false).values());
    return new Past() {
      @Override
      public Optional<Checkpoint> checkpoint() {
        return checkpoint;
      }

      @Override
      public void forEach(Consumer<Batch> taker) {
        batches.forEach(taker);
      }
    };
  }

  @Override
  public void append(Batch batch, List<EndedTest> ended) {
    synchronized (disk) {
      long last =
          Stream.of(disk.journal, disk.images)
              .filter(table -> !table.isEmpty())
              .mapToLong(TreeMap::lastKey)
              .max()
              .orElse(0);
      if (batch.number() != last + 1) {
        throw new IllegalArgumentException(
            "batch " + batch.number() + " cannot follow batch " + last);
      }
      checkWritable();
      disk.journal.put(batch.number(), batch);
      for (var test : ended) {
        disk.ended.put(disk.nextEnded, test);
        disk.nextEnded++;
      }
    }
  }

  @Override
  public void checkpoint(long batch, FarmImage image) {
    synchronized (disk) {
      checkWritable();
      disk.images.putIfAbsent(batch, image);
      var now = image.count().at();
      var old = now.minus(retention.journal().get());
      Long base = null;
      for (var entry : disk.images.entrySet()) {
        base = entry.getValue().count().at().isAfter(old) ? base : entry.getKey();
      }
      if (base != null) {
        disk.images.headMap(base).clear();
        disk.journal.headMap(base, true).clear();
      }
      var last = now.minus(retention.history().get());
      disk.ended.values().removeIf(test -> test.times().ended().isBefore(last));
    }
  }

  @Override
  public History history() {
    return new History() {
      @Override
      public List<Entry> find(Search search) {
        return suiting(search).stream().limit(search.limit()).toList();
      }

      @Override
      public long count(Search search) {
        return suiting(search).size();
      }

      @Override
      public void forEach(Instant since, Instant before, Consumer<Brief> taker) {
        suiting(Search.LATEST.ended(since, before)).stream()
            .map(Entry::test)
            .map(Brief::of)
            .forEach(taker);
      }
    };
  }

  private List<History.Entry> suiting(Search search) {
    synchronized (disk) {
      check();
      var found = new ArrayList<History.Entry>();
      disk.ended
          .descendingMap()
          .forEach(
              (number, test) -> {
                if (number < search.below() && suits(test, search)) {
                  found.add(new History.Entry(number, test));
                }
              });
      return found;
    }
  }

  private static boolean suits(EndedTest test, Search search) {
    Instant ended = test.times().ended();
    return search.verdict().stream().allMatch(test.verdict()::equals)
        && search.since().stream().noneMatch(ended::isBefore)
        && search.before().stream().allMatch(ended::isBefore)
        && search.text().stream()
            .allMatch(part -> lower(test.test().id().test().value()).contains(lower(part)))
        && search.scope().stream().allMatch(scope -> isWithin(test, scope))
        && search.wanted().entrySet().stream()
            .allMatch(wanted -> values(test, wanted.getKey()).contains(wanted.getValue()));
  }

  private static boolean isWithin(EndedTest test, Search.Scope scope) {
    var origin = test.test().origin();
    return origin.project().filter(it -> scope.projects().contains(it.value())).isPresent()
        || (origin.owner().isPresent() && origin.owner().map(UserId::value).equals(scope.owner()));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** A history of so many tests, the last ended last. */
  public static History historyOf(List<EndedTest> tests) {
    var store = new FakeStore();
    tests.forEach(test -> store.disk.ended.put(store.disk.nextEnded++, test));
    return store.history();
  }

  private static List<String> values(EndedTest test, Search.Aspect aspect) {
    var origin = test.test().origin();
    return switch (aspect) {
      case ID -> List.of(test.test().id().test().value());
      case PROJECT -> origin.project().map(ProjectId::value).stream().toList();
      case OWNER -> origin.owner().map(UserId::value).stream().toList();
      case CLIENT -> List.of(test.client().toString());
      case CODE -> test.reason().map(Reason::code).stream().toList();
      case FAULT -> test.reason().map(reason -> reason.fault().text()).stream().toList();
      case NODE -> test.node().map(NodeId::toString).stream().toList();
      case PRODUCT ->
          test.test().progress().reservedProducts().stream().map(p -> p.id().imei()).toList();
    };
  }

  @Override
  public void close() {
    synchronized (disk) {
      isClosed = true;
    }
  }
}

package com.nokia.ci.tas.communicator.keeping;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.communicator.execution.ExecutionException;
import com.nokia.ci.tas.communicator.execution.FileTree;
import com.nokia.ci.tas.communicator.facts.FactSource;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory {@code results} of a node: a directory for each run that is here or was a while
 * ago. Runs whose end was told stay for the retention time, as long as there is room. For any
 * thread; what is not named otherwise may block on the disk.
 */
public final class KeptRuns implements FactSource {
  private static final Logger LOG = LoggerFactory.getLogger(KeptRuns.class);
  private static final long NEARLY = 5;

  private final Path root;
  private final KeepLimits limits;
  private final InstantSource clock;
  private final Map<Path, KeptRun> runs = new LinkedHashMap<>();
  private Map<String, String> facts = Map.of();
  private String warning = "";

  private KeptRuns(Path root, KeepLimits limits, InstantSource clock) {
    this.root = root;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Reads what earlier lives of the node have left; what is no run is deleted.
   *
   * @throws ExecutionException when the directory cannot be used
   */
  public static KeptRuns open(Path root, KeepLimits limits, InstantSource clock) {
    var kept = new KeptRuns(root.toAbsolutePath().normalize(), limits, clock);
    kept.read();
    kept.sweep();
    return kept;
  }

  /** How long and how much is kept. */
  public KeepLimits limits() {
    return limits;
  }

  /** The runs whose end nobody was told. */
  public synchronized List<KeptRun> unfinished() {
    return runs.values().stream().filter(run -> run.note().told().isEmpty()).toList();
  }

  /** The run of an earlier life that is taken over, as it is written down. */
  public synchronized Optional<KeptRun> unfinished(RunOrder order) {
    return unfinished().stream().filter(run -> run.order().equals(order)).findFirst();
  }

  /**
   * A run begins.
   *
   * @throws ExecutionException when nothing can be kept of it
   */
  public KeptRun begin(RunOrder order) {
    try {
      var run = KeptRun.begin(newDirectory(order.id().text()), order);
      synchronized (this) {
        runs.put(run.directory(), run);
      }
      return run;
    } catch (IOException e) {
      throw new ExecutionException("the directory " + root + " cannot be used: " + e, e);
    }
  }

  /** The service knows how a run ended. */
  public void told(RuntimeId test, int attempt) {
    List<KeptRun> meant;
    synchronized (this) {
      meant = unfinished().stream().filter(run -> isMeant(run, test, attempt)).toList();
    }
    for (var run : meant) {
      if (run.bytes() == 0) {
        delete(run, "nothing to keep of a run");
      } else {
        run.told(clock.instant());
      }
    }
  }

  /**
   * A file that is kept of a run that is over; of several runs of that name the last one's.
   *
   * @param isFor whether whoever asks may have what is left of this run
   */
  public synchronized Optional<Path> find(RuntimeId test, String name, Predicate<RunOrder> isFor) {
    return runs.values().stream()
        .filter(run -> run.order().id().equals(test) && run.note().isOver())
        .filter(run -> isFor.test(run.order()))
        .sorted(Comparator.comparing((KeptRun run) -> toldAt(run)).reversed())
        .flatMap(run -> run.find(name).stream())
        .findFirst();
  }

  /** What is kept of the last run of a test, if anything is. */
  public synchronized Optional<KeptRun> latest(RuntimeId test) {
    return runs.values().stream()
        .filter(run -> run.order().id().equals(test))
        .max(Comparator.comparing(KeptRuns::toldAt));
  }

  /** The clients that may ask for what is kept. */
  public synchronized Set<Endpoint> clients() {
    return runs.values().stream().map(KeptRun::client).collect(Collectors.toSet());
  }

  /** Deletes what is too old or too much, and warns before the disk is full. */
  public void sweep() {
    var oldest = clock.instant().minus(limits.retention());
    for (var run : ended()) {
      if (run.note().told().orElseThrow().isBefore(oldest)) {
        delete(run, "kept results are too old");
      }
    }
    var candidates = ended();
    candidates.sort(
        Comparator.comparing((KeptRun run) -> !run.note().isDelivered())
            .thenComparing(run -> run.note().told().orElseThrow()));
    long bytes = bytes();
    for (var run : candidates) {
      boolean isTooMuch = bytes > limits.bytes();
      if (isTooMuch || (run.note().isDelivered() && freeDisk() < limits.freeDisk())) {
        bytes -= run.bytes();
        delete(run, isTooMuch ? "kept results are too much" : "the disk is nearly full");
      }
    }
    look(bytes);
  }

  @Override
  public synchronized Map<String, String> facts() {
    return facts;
  }

  private void look(long bytes) {
    var found = new TreeMap<String, String>();
    synchronized (this) {
      long undelivered = runs.values().stream().filter(run -> !run.note().isDelivered()).count();
      found.put("results-kept", Integer.toString(runs.size()));
      found.put("results-undelivered", Long.toString(undelivered));
      found.put("results-bytes", Long.toString(bytes));
    }
    String sentence = complaint(bytes);
    if (!sentence.isEmpty()) {
      found.put("results-warning", sentence);
    }
    boolean isNews;
    synchronized (this) {
      facts = Map.copyOf(found);
      isNews = sentence.isEmpty() != warning.isEmpty();
      warning = sentence;
    }
    if (isNews) {
      LOG.atWarn()
          .addKeyValue("directory", root)
          .log(sentence.isEmpty() ? "there is room for results again" : sentence);
    }
  }

  private String complaint(long bytes) {
    long free = freeDisk();
    if (free < limits.freeDisk()) {
      return "only "
          + mebibytes(free)
          + " MiB are free on the disk of the results; the node warns below "
          + mebibytes(limits.freeDisk())
          + " MiB (DiskWarning=)";
    }
    return bytes > limits.bytes() - limits.bytes() / NEARLY && hasUndelivered()
        ? "results take "
            + mebibytes(bytes)
            + " of "
            + mebibytes(limits.bytes())
            + " MiB (ResultsLimit=), and not all of them are delivered"
        : "";
  }

  private synchronized boolean hasUndelivered() {
    return runs.values().stream().anyMatch(run -> !run.note().isDelivered());
  }

  private static long mebibytes(long bytes) {
    return bytes >> 20;
  }

  private long freeDisk() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("free disk not known");
      return Long.MAX_VALUE;
    }
  }

  private long bytes() {
    List<KeptRun> all;
    synchronized (this) {
      all = List.copyOf(runs.values());
    }
    return all.stream().mapToLong(KeptRun::bytes).sum();
  }

  private synchronized List<KeptRun> ended() {
    var ended = new ArrayList<>(runs.values());
    ended.removeIf(run -> run.note().told().isEmpty());
    return ended;
  }

  private static Instant toldAt(KeptRun run) {
    return run.note().told().orElse(Instant.MAX);
  }

  private static boolean isMeant(KeptRun run, RuntimeId test, int attempt) {
    return run.order().id().equals(test) && run.order().attempt() == attempt;
  }

  private void delete(KeptRun run, String why) {
    synchronized (this) {
      runs.remove(run.directory());
    }
    if (!run.note().isDelivered()) {
      LOG.atWarn()
          .addKeyValue("test", run.order().id())
          .addKeyValue("client", run.client())
          .addKeyValue("error", why)
          .log("results that were never delivered are deleted");
    }
    deleteTree(run.directory());
  }

  private static void deleteTree(Path directory) {
    try {
      FileTree.delete(directory);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("directory", directory).setCause(e).log("results not deleted");
    }
  }

  private Path newDirectory(String name) throws IOException {
    for (int number = 1; ; number++) {
      Path directory = root.resolve(number == 1 ? name : name + "~" + number);
      try {
        return Files.createDirectory(directory);
      } catch (FileAlreadyExistsException e) {
        LOG.atTrace().addKeyValue("directory", directory).log("another run has this directory");
      }
    }
  }

  private void read() {
    try {
      Files.createDirectories(root);
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
        entries.forEach(this::readRun);
      }
    } catch (IOException e) {
      throw new ExecutionException("the directory " + root + " cannot be used: " + e, e);
    }
  }

  private void readRun(Path directory) {
    Optional<KeptRun> run =
        Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
            ? KeptRun.read(directory)
            : Optional.empty();
    run.ifPresentOrElse(
        it -> runs.put(directory, it),
        () -> {
          LOG.atWarn().addKeyValue("directory", directory).log("what is no run is deleted");
          deleteTree(directory);
        });
  }
}

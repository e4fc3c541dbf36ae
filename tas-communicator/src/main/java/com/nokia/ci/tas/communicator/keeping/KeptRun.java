package com.nokia.ci.tas.communicator.keeping;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.communicator.execution.ExecutionException;
import com.nokia.ci.tas.communicator.execution.Workspace;
import com.nokia.ci.tas.communicator.node.ExecutorEnd;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run on disk: a directory with a note, the output and the results. A note counts as far as it
 * is whole; what a kill of this program leaves is what was written last. A note that a failing
 * power supply leaves empty counts as none. For any thread.
 */
public final class KeptRun {
  /** The whole output of an executor: where it is kept, and how it is asked for afterwards. */
  public static final String OUTPUT = KeptFile.OUTPUT;

  static final String NOTE = "run.json";

  private static final Logger LOG = LoggerFactory.getLogger(KeptRun.class);
  private static final Duration BETWEEN_DELIVERIES = Duration.ofSeconds(1);

  /** A note that has grown beyond this is written anew. */
  private static final int LONGEST_NOTE = 16 * 1024;

  private final Path directory;
  private RunNote note;
  private long deliveryWritten = System.nanoTime() - BETWEEN_DELIVERIES.toNanos();

  /** What the client has got and the note does not say yet: it names a thousand files. */
  private final Set<String> delivered = new HashSet<>();

  private long undelivered;

  /** Bytes of the note as it is on disk. */
  private long written;

  private final CompletableFuture<Void> over = new CompletableFuture<>();

  /**
   * A file for the client.
   *
   * @param name by which it gets it
   * @param file where it is
   */
  public record Outgoing(String name, Path file) {}

  private KeptRun(Path directory, RunNote note, long written) {
    this.directory = directory;
    this.note = note;
    this.written = written;
    noteOver();
  }

  /** A run that begins, in a directory that was made for it. */
  static KeptRun begin(Path directory, RunOrder order) throws IOException {
    var run = new KeptRun(directory, RunNote.of(order), 0);
    run.write();
    return run;
  }

  /** A run of an earlier life; empty when there is no note of one. */
  static Optional<KeptRun> read(Path directory) {
    Path file = directory.resolve(NOTE);
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          // Behind a line that was cut nothing may be added: the next change writes all anew.
          ? Optional.of(new KeptRun(directory, NoteJson.read(Files.readString(file)), LONGEST_NOTE))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("note of a run cannot be read");
      return Optional.empty();
    }
  }

  Path directory() {
    return directory;
  }

  synchronized RunNote note() {
    noteDelivered();
    return note;
  }

  /** Where the whole output goes. */
  public Path output() {
    return directory.resolve(OUTPUT);
  }

  /** What was ordered, as far as it is written down. */
  public synchronized RunOrder order() {
    return note.order();
  }

  /** When its executor started; the epoch: it did not. */
  public synchronized Instant startTime() {
    return note.startTime();
  }

  /** How its executor ended, if it ended by itself. */
  public synchronized Optional<ExecutorEnd> end() {
    return note.end();
  }

  Endpoint client() {
    return order().client();
  }

  /** Its executor runs. */
  public synchronized void started(Instant at) {
    change(note.startedAt(at));
  }

  /** Its executor has ended by itself. */
  public synchronized void ended(ExecutorEnd how) {
    change(note.ended(how));
  }

  /**
   * Keeps what its issuer wants of what there is in its workspace, unless that was done before.
   *
   * @return a sentence for each thing that is missing
   * @throws ExecutionException when it cannot be kept
   */
  public synchronized List<String> collect(Workspace workspace) {
    if (note.collected().isEmpty()) {
      try {
        var found = keepFrom(workspace);
        note = note.with(found);
        write();
        noteOver();
      } catch (IOException e) {
        throw new ExecutionException("the results cannot be kept: " + e, e);
      }
    }
    return note.collected().orElseThrow().complaints();
  }

  /** What the client has not got yet, in the order in which it is sent. */
  public synchronized List<Outgoing> undelivered() {
    noteDelivered();
    return note.collected().stream()
        .flatMap(it -> it.files().stream())
        .filter(file -> !file.delivered())
        .map(file -> new Outgoing(file.name(), directory.resolve(file.place())))
        .toList();
  }

  /** Completes when it is known what it has left. */
  public CompletableFuture<Void> over() {
    return over.copy();
  }

  /** Everything that its issuer wanted and that is here, whoever has got it already. */
  public synchronized List<Outgoing> results() {
    return note.collected().stream()
        .flatMap(it -> it.files().stream())
        .map(file -> new Outgoing(file.name(), directory.resolve(file.place())))
        .filter(file -> isRegular(file.file()))
        .toList();
  }

  /**
   * The client has a file. Of many files that it gets at once this is written down now and then: a
   * kill in between has some of them sent again.
   */
  public synchronized void delivered(String name) {
    if (note.collected().isEmpty()) {
      return;
    }
    if (delivered.isEmpty()) {
      undelivered = note.collected().get().undelivered();
    }
    delivered.add(name);
    long now = System.nanoTime();
    if (delivered.size() >= undelivered || now - deliveryWritten >= BETWEEN_DELIVERIES.toNanos()) {
      deliveryWritten = now;
      noteDelivered();
      change(note);
    }
  }

  private void noteDelivered() {
    if (!delivered.isEmpty()) {
      note = note.with(note.collected().orElseThrow().delivered(delivered));
      delivered.clear();
    }
  }

  /** The service knows how it ended. */
  synchronized void told(Instant at) {
    change(note.toldAt(at));
  }

  /** A file that is kept, by the name under which clients know it. */
  synchronized Optional<Path> find(String name) {
    if (name.equals(ResultsWish.ofPart(OUTPUT, note.order().id().subId()))) {
      return Optional.of(output()).filter(KeptRun::isRegular);
    }
    return note.collected().stream()
        .flatMap(it -> it.files().stream())
        .filter(file -> file.name().equals(name))
        .map(file -> directory.resolve(file.place()))
        .filter(KeptRun::isRegular)
        .findFirst();
  }

  /** How much there is of it, in bytes. */
  synchronized long bytes() {
    long results =
        note.collected().stream()
            .flatMap(it -> it.files().stream())
            .filter(file -> !file.place().equals(OUTPUT))
            .mapToLong(KeptFile::size)
            .sum();
    return results + size(output());
  }

  private Collected keepFrom(Workspace workspace) throws IOException {
    var id = note.order().id();
    var wish = note.wish();
    var others = new HashSet<>(note.order().test().execution().artifacts());
    others.addAll(Workspace.ownFiles());
    var found = new ResultsSearch(workspace.directory(), wish, others).search(id.subId());
    Path place = directory.resolve(KeptFile.FILES);
    Files.createDirectories(place);
    var files = new ArrayList<KeptFile>();
    for (var entry : found.files().entrySet()) {
      Path file = place.resolve(entry.getKey());
      link(entry.getValue(), file)
          .ifPresent(size -> files.add(KeptFile.ofWorkspace(entry.getKey(), size)));
    }
    if (wish.output().isPresent() && isRegular(output())) {
      String name = ResultsWish.ofPart(wish.output().get(), id.subId());
      files.add(new KeptFile(name, OUTPUT, size(output()), false));
    }
    return new Collected(files, found.complaints());
  }

  /**
   * A second name for the same bytes, or a copy where the disk has no such thing.
   *
   * @return its size; empty when it is no file any more
   */
  private static Optional<Long> link(Path from, Path to) throws IOException {
    try {
      second(from, to);
    } catch (FileAlreadyExistsException e) {
      Files.delete(to); // of a life that was killed while it collected
      second(from, to);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    // Somebody may have put a link in its place since it was found.
    var now = Files.readAttributes(to, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!now.isRegularFile()) {
      Files.deleteIfExists(to);
      return Optional.empty();
    }
    return Optional.of(now.size());
  }

  private static void second(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private void noteOver() {
    if (note.isOver()) {
      over.complete(null);
    }
  }

  private void change(RunNote next) {
    note = next;
    noteOver();
    try {
      write();
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("directory", directory).setCause(e).log("note of a run not written");
    }
  }

  /**
   * A line behind the others, of which the last counts: that costs a tenth of a new file, and is
   * gone again before it is on the disk if the run is short. Not flushed: what it is about does not
   * outlive the machine either.
   */
  private void write() throws IOException {
    byte[] line = NoteJson.write(note).getBytes(StandardCharsets.UTF_8);
    long before = written;
    written = LONGEST_NOTE; // behind a line that failed none may stand
    if (before + line.length > LONGEST_NOTE) {
      writeAnew(line);
      written = line.length;
    } else {
      Files.write(
          directory.resolve(NOTE),
          line,
          StandardOpenOption.APPEND,
          StandardOpenOption.CREATE,
          LinkOption.NOFOLLOW_LINKS);
      written = before + line.length;
    }
  }

  private void writeAnew(byte[] line) throws IOException {
    Path part = directory.resolve("." + NOTE + ".part");
    Files.write(part, line);
    Files.move(
        part,
        directory.resolve(NOTE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isRegular(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static long size(Path file) {
    try {
      return isRegular(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}

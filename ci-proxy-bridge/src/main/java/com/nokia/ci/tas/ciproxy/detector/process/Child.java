package com.nokia.ci.tas.ciproxy.detector.process;

import com.nokia.ci.tas.commons.model.SafeName;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A program that runs for a detector, without a shell. It is owned: closing ends it and what it
 * started, politely first. What it prints is read in bounded lines, a bounded number ahead. Its
 * standard input stays open and empty until it ends, so a program can notice that way that nobody
 * wants it any more, even if its owner was killed.
 *
 * <p>For one thread, but closed by any.
 */
public final class Child implements AutoCloseable {
  private static final int LONGEST_LINE = 1 << 20;
  private static final int MOST_LINES_AHEAD = 16;
  private static final int MOST_OUTPUT = 1 << 20;
  private static final Duration POLITE = Duration.ofSeconds(2);

  private final String program;
  private final Process process;
  private final BlockingQueue<Said> said = new ArrayBlockingQueue<>(MOST_LINES_AHEAD);
  private final Thread listener;
  private final Thread complaintListener;
  private final Optional<ChildNote> note;
  private volatile String complaint = "";

  /** A line, or nothing more; then perhaps why. */
  private record Said(Optional<String> line, Optional<IOException> failure) {}

  private Child(String program, Process process, Optional<ChildNote> note) {
    this.program = program;
    this.note = note;
    this.process = process;
    this.listener = thread("tas-child-output", this::listen);
    this.complaintListener = thread("tas-child-errors", this::listenToComplaints);
  }

  /**
   * Starts a program.
   *
   * @throws IOException with a sentence when it cannot be started
   */
  public static Child start(List<String> command) throws IOException {
    return start(command, Optional.empty());
  }

  /**
   * The same for a program that may run for long.
   *
   * @param note says that it runs
   */
  public static Child start(List<String> command, Optional<ChildNote> note) throws IOException {
    String program = SafeName.shown(command.get(0));
    try {
      var child = new Child(program, new ProcessBuilder(command).start(), note);
      note.ifPresent(it -> it.runs(child.process.toHandle()));
      child.listener.start();
      child.complaintListener.start();
      return child;
    } catch (IOException e) {
      throw new IOException(program + " cannot be started: " + e.getMessage(), e);
    }
  }

  /**
   * Runs a program to its end.
   *
   * @return what it printed
   * @throws IOException with a sentence when it cannot be started, takes longer, prints too much or
   *     ends with another exit code than 0
   */
  public static String output(List<String> command, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    try (var child = start(command)) {
      var output = new StringBuilder();
      Optional<String> line = child.nextLine(left(deadline));
      while (line.isPresent()) {
        output.append(line.get()).append('\n');
        if (output.length() > MOST_OUTPUT) {
          throw new IOException(child.program + " prints more than " + MOST_OUTPUT + " bytes");
        }
        line = child.nextLine(left(deadline));
      }
      child.awaitSuccess(left(deadline));
      return output.toString();
    }
  }

  /**
   * The next line that it prints, without blanks at its end; empty when it closed its output.
   *
   * @throws IOException when none came in this time, or it was too long
   */
  public Optional<String> nextLine(Duration patience) throws IOException, InterruptedException {
    Said next = said.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (next == null) {
      throw new IOException(program + " says nothing for " + patience.toSeconds() + " s");
    }
    if (next.failure().isPresent()) {
      throw next.failure().get();
    }
    return next.line();
  }

  /**
   * Waits for its end.
   *
   * @throws IOException when it does not end in this time, or fails; then with its last words
   */
  public void awaitSuccess(Duration patience) throws IOException, InterruptedException {
    if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IOException(program + " closed its output and does not end");
    }
    if (process.exitValue() != 0) {
      complaintListener.join(POLITE.toMillis());
      throw new IOException(
          program
              + " ended with exit code "
              + process.exitValue()
              + (complaint.isEmpty() ? "" : ": " + complaint));
    }
  }

  /** Ends the program and what it started; takes a few seconds at most. */
  @Override
  public void close() {
    listener.interrupt();
    end(process.toHandle());
    note.ifPresent(ChildNote::over);
  }

  /** Ends a process and what it started, politely first. */
  static void end(ProcessHandle process) {
    List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process)).toList();
    tree.forEach(ProcessHandle::destroy);
    try {
      long deadline = System.nanoTime() + POLITE.toNanos();
      for (var it : tree) {
        awaitEnd(it, deadline);
      }
    } finally {
      tree.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static void awaitEnd(ProcessHandle process, long deadline) {
    try {
      process.onExit().get(left(deadline).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // It is ended the hard way.
      process.destroyForcibly();
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  private void listen() {
    try {
      try (var in = new BufferedInputStream(process.getInputStream())) {
        Optional<String> line = readLine(in);
        while (line.isPresent()) {
          said.put(new Said(line, Optional.empty()));
          line = readLine(in);
        }
        said.put(new Said(Optional.empty(), Optional.empty()));
      } catch (IOException e) {
        said.put(new Said(Optional.empty(), Optional.of(e)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody listens any more
    }
  }

  private Optional<String> readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    while (b >= 0 && b != '\n') {
      if (line.size() == LONGEST_LINE) {
        throw new IOException(program + " prints a line of more than " + LONGEST_LINE + " bytes");
      }
      line.write(b);
      b = in.read();
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8).stripTrailing());
  }

  /** Keeps the end of what it prints on standard error. */
  private void listenToComplaints() {
    byte[] part = new byte[1024];
    try (InputStream in = process.getErrorStream()) {
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        String last = new String(part, 0, n, StandardCharsets.UTF_8).strip();
        complaint = last.isEmpty() ? complaint : SafeName.shown(lastLine(last));
      }
    } catch (IOException e) {
      complaint = SafeName.shown(String.valueOf(e.getMessage()));
    }
  }

  private static String lastLine(String text) {
    return text.substring(text.lastIndexOf('\n') + 1).strip();
  }

  private static Thread thread(String name, Runnable task) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}

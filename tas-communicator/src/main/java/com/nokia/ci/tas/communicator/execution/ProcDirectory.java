package com.nokia.ci.tas.communicator.execution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What Linux tells of its processes below {@code /proc}. Processes come and go while one looks. */
final class ProcDirectory {
  private static final Path ROOT = Path.of("/proc");

  /**
   * One process at one moment.
   *
   * @param pid its number
   * @param parent number of its parent
   * @param session number of its session, which is the pid of the session's leader
   * @param startTicks when it started, in clock ticks since the system did
   * @param live false when it has ended and only waits to be noticed by its parent
   */
  record Entry(long pid, long parent, long session, long startTicks, boolean live) {}

  /** All processes that can be seen. */
  List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    try (var directory = Files.newDirectoryStream(ROOT, "[0-9]*")) {
      for (Path process : directory) {
        entry(process).ifPresent(entries::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new IllegalStateException("the processes of this machine cannot be listed", e);
    }
    return entries;
  }

  Optional<Entry> entry(long pid) {
    return entry(ROOT.resolve(Long.toString(pid)));
  }

  /** Whether the process was started with this {@code NAME=value} in its environment. */
  boolean hasVariable(long pid, byte[] assignment, boolean wholeValue) {
    byte[] environment;
    try {
      environment = Files.readAllBytes(ROOT.resolve(pid + "/environ"));
    } catch (IOException e) {
      return false; // Ended meanwhile, or of another user: none of ours.
    }
    for (int start = 0; start < environment.length; start = next(environment, start)) {
      int end = start + assignment.length;
      if (end <= environment.length
          && Arrays.equals(environment, start, end, assignment, 0, assignment.length)
          && (!wholeValue || end == environment.length || environment[end] == 0)) {
        return true;
      }
    }
    return false;
  }

  /** What a standard stream of a process leads to, such as {@code pipe:[4711]}. */
  Optional<String> stream(long pid, int descriptor) {
    try {
      return Optional.of(
          Files.readSymbolicLink(ROOT.resolve(pid + "/fd/" + descriptor)).toString());
    } catch (IOException e) {
      return Optional.empty(); // Ended, of another user, or the stream is closed.
    }
  }

  private static int next(byte[] environment, int start) {
    int i = start;
    while (i < environment.length && environment[i] != 0) {
      i++;
    }
    return i + 1;
  }

  private static Optional<Entry> entry(Path process) {
    String stat;
    try {
      stat = new String(Files.readAllBytes(process.resolve("stat")), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return Optional.empty(); // Ended while we looked.
    }
    // The name in parentheses may hold anything, parentheses included; fields count after the last.
    int name = stat.lastIndexOf(')');
    if (name < 0) {
      return Optional.empty();
    }
    String[] fields = stat.substring(name + 2).split(" ", -1);
    char state = fields[0].charAt(0);
    return Optional.of(
        new Entry(
            Long.parseLong(process.getFileName().toString()),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[3]),
            Long.parseLong(fields[19]),
            state != 'Z' && state != 'X' && state != 'x'));
  }
}

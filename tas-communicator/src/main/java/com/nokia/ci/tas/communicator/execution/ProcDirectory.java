package com.nokia.ci.tas.communicator.execution;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What Linux tells of its processes below {@code /proc}. Processes come and go while one looks. */
final class ProcDirectory {
  private static final Path ROOT = Path.of("/proc");
  private static final int LONGEST = 4_096;
  private static final String FORKS = "\nprocesses ";

  private final long largestPid = readLargestPid();

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

  /**
   * A moment in the life of the system, from which younger processes can be told without reading
   * anything about the older ones: numbers are given out in turn.
   *
   * @param lastPid number of the youngest process
   * @param forks how many processes and threads there have ever been, 0 when the system does not
   *     say
   */
  record Moment(long lastPid, long forks) {
    /** The moment before everything. */
    static final Moment BEGINNING = new Moment(0, 0);

    /** Whether a process with this number may have been started between this moment and a later. */
    private boolean isBefore(long pid, Moment later) {
      return later.lastPid >= lastPid
          ? pid > lastPid && pid <= later.lastPid
          : pid > lastPid || pid <= later.lastPid;
    }
  }

  /** This moment; {@link Moment#BEGINNING} when the system does not say. */
  Moment now() {
    try {
      String load = readAtOnce(ROOT + "/loadavg").strip();
      long lastPid = Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
      String stat = Files.readString(ROOT.resolve("stat"), StandardCharsets.ISO_8859_1);
      int forks = stat.indexOf(FORKS);
      return forks < 0
          ? Moment.BEGINNING
          : new Moment(
              lastPid,
              Long.parseLong(
                  stat.substring(forks + FORKS.length(), stat.indexOf('\n', forks + 1)).strip()));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return Moment.BEGINNING;
    }
  }

  /** All processes started since a moment, and perhaps some older ones. */
  List<Entry> entriesSince(Moment moment) {
    var now = now();
    boolean all = !isSameRound(moment, now);
    var entries = new ArrayList<Entry>();
    String[] names = Optional.ofNullable(ROOT.toFile().list()).orElseGet(() -> new String[0]);
    for (String name : names) {
      if (Character.isDigit(name.charAt(0))) {
        long pid = Long.parseLong(name);
        if (all || moment.isBefore(pid, now)) {
          entry(pid).ifPresent(entries::add);
        }
      }
    }
    return entries;
  }

  /** Whether too few processes were started in between for their numbers to come round. */
  private boolean isSameRound(Moment earlier, Moment later) {
    return earlier.forks() > 0
        && later.forks() > earlier.forks()
        && later.forks() - earlier.forks() < largestPid / 2;
  }

  /** How many processes the system has killed so far because its memory ran out. */
  long killsForWantOfMemory() {
    try {
      for (String line : Files.readAllLines(ROOT.resolve("vmstat"))) {
        if (line.startsWith("oom_kill ")) {
          return Long.parseLong(line.substring("oom_kill ".length()).strip());
        }
      }
      return 0;
    } catch (IOException | NumberFormatException e) {
      return 0; // Not said: then none is known of.
    }
  }

  private static long readLargestPid() {
    try {
      return Long.parseLong(readAtOnce(ROOT + "/sys/kernel/pid_max").strip());
    } catch (IOException | NumberFormatException e) {
      return 0; // Not said: then no round is taken for the same.
    }
  }

  Optional<Entry> entry(long pid) {
    try {
      return entry(pid, readAtOnce(ROOT + "/" + pid + "/stat"));
    } catch (IOException e) {
      return Optional.empty(); // Ended while we looked.
    }
  }

  /** Some of these files give all they have to the first read and nothing to a second. */
  private static String readAtOnce(String file) throws IOException {
    var bytes = new byte[LONGEST];
    try (var stream = new FileInputStream(file)) {
      int length = stream.read(bytes);
      return new String(bytes, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
    }
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

  private static Optional<Entry> entry(long pid, String stat) {
    // The name in parentheses may hold anything, parentheses included; fields count after the last.
    int name = stat.lastIndexOf(')');
    if (name < 0) {
      return Optional.empty();
    }
    String[] fields = stat.substring(name + 2).split(" ", -1);
    char state = fields[0].charAt(0);
    return Optional.of(
        new Entry(
            pid,
            Long.parseLong(fields[1]),
            Long.parseLong(fields[3]),
            Long.parseLong(fields[19]),
            state != 'Z' && state != 'X' && state != 'x'));
  }
}

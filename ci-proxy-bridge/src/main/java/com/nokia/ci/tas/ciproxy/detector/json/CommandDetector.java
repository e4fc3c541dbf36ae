package com.nokia.ci.tas.ciproxy.detector.json;

import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Lookout;
import com.nokia.ci.tas.ciproxy.detector.process.Child;
import com.nokia.ci.tas.ciproxy.detector.process.ChildNote;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices that a program prints: a JSON list on a line, each line all devices that are plugged
 * in now. The program may print one and end, then it is run again after a while; or go on and print
 * one at each change. A line that makes no sense is said and ignored. When the program fails,
 * nothing is known of its devices any more; it is run again.
 */
final class CommandDetector implements Detector {
  private static final Logger LOG = LoggerFactory.getLogger(CommandDetector.class);
  private static final Duration FOR_EVER = Duration.ofDays(10_000);

  /**
   * How long to wait.
   *
   * @param again from the end of the program to its next start
   * @param firstLine for the first list after a start, and for the end of a program that closed its
   *     output
   */
  record Pace(Duration again, Duration firstLine) {}

  private final List<String> command;
  private final Pace pace;
  private final Optional<ChildNote> note;
  private final Lookout lookout;
  private boolean troubleTold;

  /**
   * @param note in which the program that runs is found after a kill of this one, if there is one
   */
  CommandDetector(List<String> command, Pace pace, Optional<ChildNote> note) {
    this.command = List.copyOf(command);
    this.pace = pace;
    this.note = note;
    this.lookout = new Lookout(name(), pace.again(), this::runOnce);
  }

  @Override
  public String name() {
    return "command";
  }

  @Override
  public void start(Runnable listener) {
    note.ifPresent(ChildNote::endLeft);
    lookout.start(listener);
  }

  @Override
  public List<Device> devices() {
    return lookout.devices();
  }

  /** Ends the program too. */
  @Override
  public void close() {
    lookout.close();
  }

  private void runOnce() throws InterruptedException {
    try {
      run();
    } catch (IOException e) {
      lookout.publish(List.of());
      tell(e.getMessage());
    }
  }

  private void run() throws IOException, InterruptedException {
    try (var child = Child.start(command, note)) {
      boolean any = false;
      Optional<String> line = child.nextLine(pace.firstLine());
      while (line.isPresent()) {
        any |= take(line.get());
        line = child.nextLine(any ? FOR_EVER : pace.firstLine());
      }
      child.awaitSuccess(pace.firstLine());
      if (!any) {
        throw new IOException(command.get(0) + " ended and printed no list of devices");
      }
    }
  }

  private boolean take(String line) {
    if (line.isBlank()) {
      return false;
    }
    try {
      lookout.publish(JsonDevices.read(line));
      troubleTold = false;
      return true;
    } catch (IOException e) {
      tell("what " + command.get(0) + " prints is ignored: " + e.getMessage());
      return false;
    }
  }

  /** Says a sentence once until things are well again. */
  private void tell(String sentence) {
    if (!troubleTold && !lookout.isClosed()) {
      troubleTold = true;
      LOG.atWarn()
          .addKeyValue("error", sentence)
          .log(
              "the command that tells of devices does not, it is run again after {} s",
              pace.again().toSeconds());
    }
  }
}

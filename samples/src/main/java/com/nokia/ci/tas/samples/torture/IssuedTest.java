package com.nokia.ci.tas.samples.torture;

import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.TestAutomationServiceListener;
import com.nokia.ci.tas.samples.torture.Journal.Word;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One test of a client: writes down what the client is told of it. */
final class IssuedTest implements TestAutomationServiceListener {
  private static final Pattern STEP = Pattern.compile("step ([0-9]+) ([0-9]+)");

  /** Who does something when a test has come so far. */
  interface Course {
    /** An executor of it runs; may be told more than once. */
    void started(Test test, IssuedTest listener);

    void ended(Test test);
  }

  private final Journal journal;
  private final Path workspace;
  private final int parts;
  private final Course course;

  /** The last step that was shown, by the pid of its executor. */
  private final Map<String, Integer> steps = new HashMap<>();

  /** What came last under each name. */
  private final Map<String, ByteArrayOutputStream> results = new ConcurrentSkipListMap<>();

  /**
   * A test yet to be started.
   *
   * @param workspace has the artifacts
   * @param parts of how many sub-tests results must come
   * @param course is told how far the test is
   */
  IssuedTest(Journal journal, Path workspace, int parts, Course course) {
    this.journal = journal;
    this.workspace = workspace;
    this.parts = parts;
    this.course = course;
  }

  @Override
  public void testStarted(Test test) {
    journal.write(Word.STARTED, test.getId(), test.getRuntimeId());
    course.started(test, this);
  }

  @Override
  public void testFinished(Test test) {
    String all =
        results.values().stream()
            .map(it -> it.toString(StandardCharsets.UTF_8).strip())
            .collect(Collectors.joining("|"));
    journal.write(
        Word.FINISHED,
        test.getId(),
        results.size() == parts ? all : results.size() + " results of " + parts + "|" + all);
    course.ended(test);
  }

  @Override
  public void testFailed(Test test, String reason) {
    journal.write(Word.FAILED, test.getId(), reason);
    course.ended(test);
  }

  @Override
  public void messageFromTestAutomationService(Test test, String message) {
    Matcher step = STEP.matcher(message);
    while (step.find()) {
      int number = Integer.parseInt(step.group(1));
      int before = steps.getOrDefault(step.group(2), 0);
      if (number <= before) {
        journal.write(Word.REPEATED, test.getId(), step.group());
      } else if (number > before + 1) {
        journal.write(Word.GAP, test.getId(), step.group() + " after " + before);
      }
      steps.put(step.group(2), Math.max(before, number));
    }
  }

  @Override
  public InputStream readFile(String directoryPath, String fileName) {
    try {
      return Files.newInputStream(workspace.resolve(fileName));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OutputStream createFile(String directoryPath, String fileName) {
    var content = new ByteArrayOutputStream();
    results.put(fileName, content);
    return content;
  }
}

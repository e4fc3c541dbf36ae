package com.nokia.ci.tas.samples.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.samples.torture.Evidence.ClientLife;
import com.nokia.ci.tas.samples.torture.Journal.Entry;
import com.nokia.ci.tas.samples.torture.Journal.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the judge of a torture makes of what was seen. */
class JudgeTest {
  private static final Entry SUBMITTED = entry(Word.SUBMITTED, "steady 1");
  private static final Entry FINISHED = entry(Word.FINISHED, "a 7");
  private static final Entry FAILED = entry(Word.FAILED, "the node was lost");
  private static final RunNote BEGIN = RunNote.read("1000 begin a 7 004402136230483 steady");
  private static final RunNote END = RunNote.read("2000 end a 7 004402136230483 steady");

  @Test
  void aTestThatFinishedOnceIsFine() {
    assertEquals(List.of(), judge(List.of(BEGIN, END), SUBMITTED, FINISHED));
  }

  @Test
  void aProductThatTwoExecutorsUseIsSeen() {
    var twice = RunNote.read("1500 double b 8 004402136230483 004402136230483 is used by a 7");
    assertEquals(
        List.of("a product was used twice: by b (pid 8), and 004402136230483 is used by a 7"),
        judge(List.of(BEGIN, twice, END), SUBMITTED, FINISHED));
  }

  @Test
  void aTestWithoutAnEndIsLost() {
    assertEquals(
        List.of("a was lost: its client lives and was told of no end"),
        judge(List.of(BEGIN, END), SUBMITTED));
  }

  @Test
  void aKilledClientNeedNotHaveSeenTheEnd() {
    assertEquals(List.of(), judge(List.of(BEGIN), new ClientLife("c", List.of(SUBMITTED), true)));
  }

  @Test
  void aSecondEndIsSeenWhoeverWasKilled() {
    var client = new ClientLife("c", List.of(SUBMITTED, FINISHED, FAILED), true);
    assertEquals(List.of("a ended 2 times"), judge(List.of(BEGIN, END), client));
  }

  @Test
  void resultsOfARunThatDidNotDoItsWorkAreSeen() {
    assertEquals(
        List.of("a finished, and its results (\"a 7\") are not those of a run that did its work"),
        judge(List.of(BEGIN), SUBMITTED, FINISHED));
  }

  @Test
  void resultsOfAllSubTestsAreLookedAt() {
    var first = RunNote.read("2000 end a_1 7 004402136230483 steady");
    var second = RunNote.read("2000 end a_2 8 004402136230483 steady");
    var finished = entry(Word.FINISHED, "a_1 7|a_2 8");
    assertEquals(List.of(), judge(List.of(first, second), SUBMITTED, finished));
    assertEquals(
        List.of(
            "a finished, and its results (\"a_1 7|a_2 8\") are not those of a run that did its work"),
        judge(List.of(first), SUBMITTED, finished));
  }

  @Test
  void aTestThatNobodyWantedToStopIsSeen() {
    var stopped = entry(Word.FAILED, "stopped by its issuer");
    assertEquals(
        List.of("a failed for what its client did not do: stopped by its issuer"),
        judge(List.of(BEGIN), SUBMITTED, stopped));
    assertEquals(List.of(), judge(List.of(BEGIN), SUBMITTED, entry(Word.STOPPING, ""), stopped));
  }

  @Test
  void aTestThatIsRunTooOftenIsSeen() {
    assertEquals(
        List.of("a was run 3 times, which is more than 2"),
        judge(List.of(BEGIN, BEGIN, BEGIN, END), SUBMITTED, FINISHED));
  }

  @Test
  void aLineThatIsShownTwiceIsSeen() {
    assertEquals(
        List.of("a showed the line \"step 3 7\" twice"),
        judge(List.of(BEGIN, END), SUBMITTED, entry(Word.REPEATED, "step 3 7"), FINISHED));
  }

  @Test
  void anArtifactThatArrivedBrokenIsSeen() {
    var corrupt = RunNote.read("1500 corrupt a 7 004402136230483 data.bin");
    assertEquals(
        List.of("a did not get the artifact that its client sent: data.bin"),
        judge(List.of(BEGIN, corrupt, END), SUBMITTED, FINISHED));
  }

  @Test
  void whatWasSeenAfterwardsCounts() {
    var evidence = new Evidence(List.of(), List.of(), List.of("a product did not become free"));
    assertEquals(List.of("a product did not become free"), new Judge(evidence, 2).violations());
  }

  @Test
  void aJournalIsReadAsItWasWritten(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("c.journal");
    var journal = new Journal(file);
    journal.write(Word.SUBMITTED, "a", "steady 1");
    journal.write(Word.FAILED, "a", "two\nlines");
    Files.writeString(file, Files.readString(file) + "1000 finis");
    assertEquals(
        List.of("SUBMITTED a steady 1", "FAILED a two lines"),
        Journal.read(file).stream()
            .map(it -> it.word() + " " + it.test() + " " + it.detail())
            .toList());
  }

  private static List<String> judge(List<RunNote> notes, Entry... entries) {
    return judge(notes, new ClientLife("c", List.of(entries), false));
  }

  private static List<String> judge(List<RunNote> notes, ClientLife... clients) {
    return new Judge(new Evidence(notes, Stream.of(clients).toList(), List.of()), /* mostRuns= */ 2)
        .violations();
  }

  private static Entry entry(Word word, String detail) {
    return new Entry(1000, word, "a", detail);
  }
}

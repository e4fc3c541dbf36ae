package com.nokia.ci.tas.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.client.publish.Announcement;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.client.verdict.TestedRun;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans: what runs when, what is run again, and what is no plan. */
final class PlanTest {
  private static final String RELEASE =
      """
      plan: release
      parameters: {build: 41}
      defaults: {executor-application: sh, env: {BUILD: "${build}"}}
      items:
        - name: deploy
          after: calls
          test: {executor-script: deploy.sh}
        - name: calls
          after: [smoke]
          each: {kind: [RM-763, "RM 980"]}
          test: {executor-script: calls.sh, require: "rm-code:${kind};"}
        - {name: smoke, test: {executor-script: smoke.sh}}
        - {name: alarm, after: calls, when: failed, test: {executor-script: alarm.sh}}
        - {name: clean, after: [deploy, alarm], when: always, test: {executor-script: clean.sh}}
      """;

  @TempDir Path directory;
  private final List<String> started = new ArrayList<>();

  @Test
  void itemsAreOrderedAndFilledIn() throws Exception {
    Plan plan = plan(RELEASE, Map.of("build", "42"));

    assertEquals(
        List.of("smoke", "calls", "deploy", "alarm", "clean"),
        plan.items().stream().map(Plan.Item::name).toList());
    assertEquals(
        List.of(
            new Plan.PlannedTest(
                "calls-RM-763",
                Map.of(
                    "executor-application",
                    List.of("sh"),
                    "env",
                    List.of("BUILD=42"),
                    "executor-script",
                    List.of("calls.sh"),
                    "require",
                    List.of("rm-code:RM-763;"))),
            new Plan.PlannedTest(
                "calls-RM-980",
                Map.of(
                    "executor-application",
                    List.of("sh"),
                    "env",
                    List.of("BUILD=42"),
                    "executor-script",
                    List.of("calls.sh"),
                    "require",
                    List.of("rm-code:RM 980;")))),
        plan.items().get(1).tests());
  }

  @Test
  void anItemHasATestForEachCombinationOfItsParametersOrForEachRow() throws Exception {
    Plan plan =
        plan(
            """
            plan: p
            defaults: {executor-script: "${kind}.${lang}"}
            items:
              - {name: all, each: {kind: [a, b], lang: [fi, sv]}}
              - {name: some, each: [{kind: a, lang: fi}, {kind: b, lang: [fi, sv]}]}
            """,
            Map.of());

    assertEquals(List.of("a.fi", "a.sv", "b.fi", "b.sv"), scripts(plan.items().get(0)));
    assertEquals(
        List.of("all-a-fi", "all-a-sv", "all-b-fi", "all-b-sv"),
        plan.items().get(0).tests().stream().map(Plan.PlannedTest::name).toList());
    assertEquals(List.of("a.fi", "b.fi", "b.sv"), scripts(plan.items().get(1)));
  }

  private static List<String> scripts(Plan.Item item) {
    return item.tests().stream().map(it -> it.options().get("executor-script").get(0)).toList();
  }

  @Test
  void theSamePlanMayBeWrittenInXml() throws Exception {
    Path xml =
        Files.writeString(
            directory.resolve("release.xml"),
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <plan>
              <name>release</name>
              <parameters><build>41</build></parameters>
              <defaults>
                <executor-application>sh</executor-application>
                <env><BUILD>${build}</BUILD></env>
              </defaults>
              <items>
                <item>
                  <name>deploy</name>
                  <after>calls</after>
                  <test><executor-script>deploy.sh</executor-script></test>
                </item>
                <item>
                  <name>calls</name>
                  <after>smoke</after>
                  <each><kind>RM-763</kind><kind>RM 980</kind></each>
                  <test>
                    <executor-script>calls.sh</executor-script>
                    <require>rm-code:${kind};</require>
                  </test>
                </item>
                <item>
                  <name>smoke</name>
                  <test><executor-script>smoke.sh</executor-script></test>
                </item>
                <item>
                  <name>alarm</name>
                  <after>calls</after>
                  <when>failed</when>
                  <test><executor-script>alarm.sh</executor-script></test>
                </item>
                <item>
                  <name>clean</name>
                  <after>deploy</after>
                  <after>alarm</after>
                  <when>always</when>
                  <test><executor-script>clean.sh</executor-script></test>
                </item>
              </items>
            </plan>
            """);

    assertEquals(plan(RELEASE, Map.of("build", "42")), PlanFile.read(xml, Map.of("build", "42")));
  }

  @Test
  void rowsOfXmlAreRowsToo() throws Exception {
    Path xml =
        Files.writeString(
            directory.resolve("rows.xml"),
            """
            <plan><name>p</name>
              <defaults><executor-script>${kind}.${lang}</executor-script></defaults>
              <items><item><name>some</name>
                <each>
                  <row><kind>a</kind><lang>fi</lang></row>
                  <row><kind>b</kind><lang>sv</lang></row>
                </each>
              </item></items>
            </plan>
            """);

    assertEquals(List.of("a.fi", "b.sv"), scripts(PlanFile.read(xml, Map.of()).items().get(0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<plann/>|begins with <plann>; it has to be <plan>",
        "<plan name='x'/>|line 1: <plan> has an attribute; write name as an element inside",
        "<plan><items>words<item/></items></plan>|has elements and the text \"words\"",
        "<plan><name>p</name><itmes/></plan>|has \"itmes\", which a plan does not know; did you"
            + " mean items?",
        "<!DOCTYPE plan><plan/>|a document type (<!DOCTYPE) is not accepted; leave it out",
        "<plan><name>p</plan>|is no XML: "
      })
  void whatIsNoPlanInXmlIsRefused(String text, String sentence) throws Exception {
    Path xml = Files.writeString(directory.resolve("bad.xml"), text);

    var refusal = assertThrows(SettingsException.class, () -> PlanFile.read(xml, Map.of()));

    assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'smoke=PASS calls=PASS deploy=PASS alarm=SKIPPED clean=PASS'",
    "'smoke', 'smoke=FAIL calls=SKIPPED deploy=SKIPPED alarm=SKIPPED clean=PASS'",
    "'calls-RM-980', 'smoke=PASS calls=FAIL deploy=SKIPPED alarm=PASS clean=PASS'"
  })
  void whatFollowsDependsOnWhatWasFound(String failing, String expected) throws Exception {
    assertEquals(expected, states(run(plan(RELEASE, Map.of()), Set.of(failing), Map.of())));
  }

  @Test
  void nothingStartsBeforeWhatItDependsOnIsOver() throws Exception {
    Plan plan = plan(RELEASE, Map.of());
    var smoke = new CompletableFuture<TestedRun>();
    var done =
        new PlanRun(
                plan,
                plan.toRerun(Map.of()),
                test -> {
                  started.add(test.name());
                  return test.name().equals("smoke")
                      ? smoke
                      : CompletableFuture.completedFuture(tested(test.name(), true));
                })
            .run();

    assertEquals(List.of("smoke"), started);
    smoke.complete(tested("smoke", true));

    assertEquals(List.of("smoke", "calls-RM-763", "calls-RM-980", "deploy", "clean"), started);
    assertTrue(done.isDone());
  }

  @Test
  void whatFailedAndWhatDependsOnItIsRunAgainAndNothingElse() throws Exception {
    Plan plan = plan(RELEASE, Map.of());
    var former =
        Map.of(
            "smoke", Plan.State.PASS,
            "calls", Plan.State.FAIL,
            "deploy", Plan.State.SKIPPED,
            "alarm", Plan.State.PASS,
            "clean", Plan.State.PASS);

    var done = run(plan, Set.of(), former);

    assertEquals("smoke=KEPT calls=PASS deploy=PASS alarm=SKIPPED clean=PASS", states(done));
    assertEquals(List.of("calls-RM-763", "calls-RM-980", "deploy", "clean"), started);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plan: p|has 0 tests; a plan has from 1 to 1000",
        "{plan: p, items: [{name: a, after: b}, {name: b, after: a}]}|items wait for each other in a"
            + " circle: a, b",
        "{plan: p, items: [{name: a, after: smoek}, {name: smoke}]}|item a is after \"smoek\", which"
            + " is no item; did you mean smoke?",
        "{plan: p, items: [{name: a}, {name: a}]}|there are two items of the name a",
        "{plan: p, items: [{name: ../a}]}|item ../a",
        "{plan: p, items: [{name: a, whne: always}]}|has \"whne\", which a plan does not know; did"
            + " you mean when?",
        "{plan: p, items: [{name: a, when: later}]}|is \"later\"; give passed, failed or always",
        "{plan: p, items: [{name: a, test: {url: '${x}'}}]}|there is no parameter \"x\"",
        "{plan: p, item: []}|did you mean items?"
      })
  void whatIsNoPlanIsRefused(String text, String sentence) {
    var refusal = assertThrows(SettingsException.class, () -> plan(text, Map.of()));

    assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
  }

  @Test
  void aParameterThatThePlanHasNotIsRefused() {
    var refusal = assertThrows(SettingsException.class, () -> plan(RELEASE, Map.of("biuld", "1")));

    assertTrue(refusal.getMessage().contains("did you mean build?"), refusal.getMessage());
  }

  @Test
  void thePageOfAPlanIsWholeFromTheBeginningAndGrows() throws Exception {
    Path file = directory.resolve("page/plan.html");
    var announcement =
        new Announcement("", "release", List.of("release-1", "release-2"), Instant.EPOCH);
    var voice =
        new Voice(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            Voice.Manner.QUIET);
    var page = new PlanPage(Optional.of(file), announcement, voice);

    page.begin();
    String begun = Files.readString(file);
    page.add(tested("release-1", true));
    page.add(tested("release-2", false));
    String over = Files.readString(file);

    assertTrue(begun.contains("release, 0 of 2 planned tests are over"), begun);
    assertTrue(over.contains("release, 2 of 2 planned tests are over: FAIL"), over);
    assertTrue(over.contains("<td>release-2</td>"), over);
    assertTrue(over.endsWith("</html>\n"), over);
  }

  private List<PlanRun.Done> run(Plan plan, Set<String> failing, Map<String, Plan.State> former) {
    return new PlanRun(
            plan,
            plan.toRerun(former),
            test -> {
              started.add(test.name());
              return CompletableFuture.completedFuture(
                  tested(test.name(), !failing.contains(test.name())));
            })
        .run()
        .join();
  }

  private static String states(List<PlanRun.Done> done) {
    return done.stream()
        .map(it -> it.item().name() + "=" + it.state())
        .collect(Collectors.joining(" "));
  }

  private static TestedRun tested(String id, boolean hasPassed) {
    var ending =
        hasPassed
            ? new Ending(Ending.Kind.FINISHED, "", Optional.empty())
            : new Ending(Ending.Kind.FAILED, "exit code 1", Optional.of(Fault.TEST));
    return TestedRun.of(id, Instant.EPOCH, Instant.EPOCH, ending, List.of());
  }

  private Plan plan(String text, Map<String, String> set) throws Exception {
    return PlanFile.read(Files.writeString(directory.resolve("plan.yaml"), text), set);
  }
}

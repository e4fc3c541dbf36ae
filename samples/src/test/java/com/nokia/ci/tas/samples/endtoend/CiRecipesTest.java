package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes for pipelines, run as their readers run them, and a plan of tests. */
class CiRecipesTest {
  private static final Path RECIPES = Program.ROOT.resolve("samples/ci");
  private static final String TAS = Program.java() + " -jar " + Program.CLIENT;

  @TempDir static Path scratch;
  private static LocalFarm farm;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
    farm.addNode("node", 1);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void theScriptRunsATestAndLeavesAReport() throws Exception {
    Path job = Files.createDirectory(scratch.resolve("job"));

    try (var script = run(job, RECIPES.resolve("run-test.sh"), "--require", "rm-code:RM-763;")) {
      assertEquals(0, script.exitCode(), script.text());
      script.untilPrinted("testing on 1 products");
      script.untilPrinted("<rm-code>RM-763");
    }
    assertTrue(Files.readString(job.resolve("results/junit.xml")).contains("name=\"boots\""));
    assertTrue(Files.exists(job.resolve("results/report.xml")));
  }

  @Test
  void whoEndsTheScriptStopsTheTest() throws Exception {
    Path job = Files.createDirectory(scratch.resolve("cancelled"));
    Path script = Files.copy(RECIPES.resolve("run-test.sh"), job.resolve("run-test.sh"));
    Files.createDirectory(job.resolve("test"));
    Files.writeString(job.resolve("test/execute.sh"), "echo begun; sleep 600\n");

    try (var running = run(job, script, "--require", "rm-code:RM-763;")) {
      running.untilPrinted("begun");
      running.terminate();

      running.untilPrinted("stopping test ci_");
      assertTrue(running.exitCode() != 0, running.text());
    }
    Patience.untilTrue(
        "the product is free again",
        () -> farm.products().get(0).path("status").asText().equals("free"));
  }

  @Test
  void thePageIsFollowedLiterally() throws Exception {
    String page = Files.readString(Program.ROOT.resolve("docs/ci-recipes.md"));
    String lines = page.substring(page.indexOf("```sh\n") + 6);
    Path job = Files.createDirectory(scratch.resolve("page"));
    Path script =
        Files.writeString(job.resolve("page.sh"), lines.substring(0, lines.indexOf("```")));

    try (var shell = run(job, script)) {
      assertEquals(0, shell.exitCode(), shell.text());
      shell.untilPrinted("testing on 1 products");
      shell.untilPrinted("verdict PASS: none of 1 cases failed");
      shell.untilPrinted("exit code 0");
    }
  }

  @Test
  void aMavenBuildRunsATestOnTheFarm() throws Exception {
    Path build = build("recipes", Files.readString(RECIPES.resolve("test/execute.sh")));

    try (var maven = maven(build, "-Dtas.id=built")) {
      assertEquals(0, maven.exitCode(), maven.text());
      maven.untilPrinted("testing on 1 products");
      maven.untilPrinted("test built: verdict PASS: none of 1 cases failed");
    }
    String report = Files.readString(build.resolve("target/surefire-reports/TEST-built.xml"));
    assertTrue(report.contains("name=\"boots\""), report);
    assertTrue(Files.exists(build.resolve("target/tas/report.xml")));
  }

  @Test
  void aMavenBuildThatNamesAProfileNeedsNothingElse() throws Exception {
    Path build = build("profiled", "echo \"for $TEAM\"\n");
    Path pom = build.resolve("pom.xml");
    String configuration =
        Files.readString(pom).replaceAll("(?m)^.*<tas\\.(service|require)>.*\n", "");
    int begin = configuration.indexOf("<configuration>");
    Files.writeString(
        pom,
        configuration.substring(0, begin)
            + "<configuration><profile>phone</profile><workspace>../test</workspace>"
            + configuration.substring(configuration.indexOf("</configuration>")));
    Files.createDirectory(build.resolve(".tas"));
    Files.writeString(
        build.resolve(".tas/profiles.yaml"),
        """
        phone:
          service: %s
          require: "rm-code:RM-763;"
          executor-application: sh
          executor-script: execute.sh
          env: {TEAM: red}
          publish: [html=report.html]
        """
            .formatted(farm.address()));

    try (var maven = mavenOfProfile(build, "-Dtas.id=profiled")) {
      assertEquals(0, maven.exitCode(), maven.text());
      maven.untilPrinted("for red");
      maven.untilPrinted("profile phone: publish is not for tas:run, passed over");
      maven.untilPrinted("test profiled: verdict PASS: ");
    }
  }

  @Test
  void aMavenBuildFailsWithTheVerdictAndStopsItsTestWhenItIsEnded() throws Exception {
    Path failing = build("failing", "echo nothing works\nexit 3\n");
    try (var maven =
        maven(failing, "-Dtas.id=failing", "-Dtas.retries=0", "-Dtas.results=>all.txt")) {
      assertTrue(maven.exitCode() != 0, maven.text());
      maven.untilPrinted("test failing: verdict FAIL: ");
      maven.untilPrinted("(code 102, fault of: test)");
    }
    String report = Files.readString(failing.resolve("target/surefire-reports/TEST-failing.xml"));
    assertTrue(report.contains("<failure"), report);

    Path ended = build("ended", "echo begun; sleep 600\n");
    try (var maven = maven(ended, "-Dtas.id=ended")) {
      maven.untilPrinted("begun");
      maven.terminate();
      maven.untilPrinted("stopping test ended");
      assertTrue(maven.exitCode() != 0, maven.text());
    }
    Patience.untilTrue(
        "the product is free again",
        () -> farm.products().get(0).path("status").asText().equals("free"));
  }

  /** The recipe, with another thing to execute. */
  private static Path build(String name, String script) throws Exception {
    Path build = Files.createDirectories(scratch.resolve(name).resolve("maven"));
    Files.copy(RECIPES.resolve("maven/pom.xml"), build.resolve("pom.xml"));
    Files.createDirectory(build.resolve("../test"));
    Files.writeString(build.resolve("../test/execute.sh"), script);
    return build;
  }

  private static Program maven(Path build, String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.add("-Dtas.service=" + farm.address());
    return mavenOfProfile(build, all.toArray(String[]::new));
  }

  private static Program mavenOfProfile(Path build, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("mvn", "-B", "verify"));
    command.add("-Dmaven.repo.local=" + repository(build.resolveSibling("repository")));
    command.addAll(List.of(arguments));
    return Program.start(build, command);
  }

  /** All that is in the local repository of this build, and the plug-in as it was built here. */
  private static Path repository(Path directory) throws Exception {
    String named = System.getProperty("localRepository", "");
    Path real =
        named.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".m2", "repository")
            : Path.of(named);
    Path view = directory;
    for (String inside : List.of("com", "nokia", "ci", "tas")) {
      Files.createDirectories(view);
      if (Files.isDirectory(real)) {
        try (var all = Files.list(real)) {
          for (Path each : all.filter(it -> !it.getFileName().toString().equals(inside)).toList()) {
            Files.createSymbolicLink(view.resolve(each.getFileName()), each.toAbsolutePath());
          }
        }
      }
      view = view.resolve(inside);
      real = real.resolve(inside);
    }
    Path plugin = Program.ROOT.resolve("packaging/maven-plugin");
    install(view, "tas", "pom", Program.ROOT.resolve("pom.xml"));
    install(view, "tas-maven-plugin", "pom", plugin.resolve("dependency-reduced-pom.xml"));
    install(view, "tas-maven-plugin", "jar", plugin.resolve("target/tas-maven-plugin-0.1.0.jar"));
    return directory;
  }

  private static void install(Path group, String artifact, String type, Path file)
      throws Exception {
    Path directory = Files.createDirectories(group.resolve(artifact).resolve("0.1.0"));
    Files.copy(file, directory.resolve(artifact + "-0.1.0." + type));
  }

  @Test
  void whatFailedInAPlanIsRunAgainWithWhatDependsOnIt() throws Exception {
    Path home = Files.createDirectory(scratch.resolve("plan"));
    Path broken = Files.createFile(home.resolve("broken"));
    Files.writeString(home.resolve("good.sh"), "echo build $BUILD\n");
    Files.writeString(home.resolve("calls.sh"), "[ ! -e '" + broken + "' ] || exit 1\n");
    Path plan =
        Files.writeString(
            home.resolve("release.yaml"),
            """
            plan: release
            parameters: {build: 41}
            defaults: {executor-application: sh, require: "rm-code:RM-763;", env: {BUILD: "${build}"}}
            items:
              - {name: smoke, test: {executor-script: good.sh}}
              - {name: calls, after: smoke, test: {executor-script: calls.sh}}
              - {name: deploy, after: calls, test: {executor-script: good.sh}}
              - {name: alarm, after: calls, when: failed, test: {executor-script: good.sh}}
            """);
    var rest = List.of("plan", "run", plan.toString(), "--set", "build=42", "--junit", "all.xml");

    var named = new ArrayList<>(rest);
    named.addAll(List.of("--run", "first-run"));
    try (var first = tas(home, named)) {
      first.untilPrinted("the service shows the plan at http://");
      assertEquals(1, first.exitCode(), first.text());
      first.untilPrinted("build 42");
      assertEquals(List.of("PASS", "FAIL", "SKIPPED", "PASS"), states(first));
    }
    Files.delete(broken);
    var again = new ArrayList<>(rest);
    again.add("--rerun-failed");
    try (var second = tas(home, again)) {
      assertEquals(0, second.exitCode(), second.text());
      assertEquals(List.of("KEPT", "PASS", "PASS", "SKIPPED"), states(second));
    }
    theServiceShowsThePlan();
    String report = Files.readString(home.resolve("all.xml"));
    assertEquals(2, report.split("<testcase", -1).length - 1, report);
  }

  private static void theServiceShowsThePlan() throws Exception {
    var json = new ObjectMapper();
    var items = json.readTree(farm.get("/api/v1/plans/first-run").body()).path("items");
    var seen = new ArrayList<String>();
    for (var item : items) {
      var tests = item.path("tests");
      seen.add(
          item.path("item").asText()
              + item.path("after")
              + (tests.isEmpty() ? "" : tests.get(0).path("state").asText()));
    }
    assertEquals(
        List.of(
            "smoke[]finished",
            "calls[\"smoke\"]failed",
            "deploy[\"calls\"]",
            "alarm[\"calls\"]finished"),
        seen);
    String page = farm.get("/plans/first-run").body();
    assertTrue(page.contains("3 of 3 tests that were started have ended"), page);
    assertTrue(page.contains("href=\"/tests/first-run-calls\""), page);
    assertTrue(farm.get("/tests/first-run-calls").body().contains("href=\"/plans/first-run\""));
    assertEquals(404, farm.get("/plans/nobody-ran-it").statusCode());
  }

  @Test
  void aPlanInXmlRunsATestForEachCombinationAndTestsOfTheGuidesXml() throws Exception {
    Path home = Files.createDirectory(scratch.resolve("plan-xml"));
    Files.writeString(home.resolve("say.sh"), "echo \"$KIND in $LANGUAGE\"\n");
    Files.writeString(
        home.resolve("smoke.xml"),
        """
        <test>
          <id>smoke</id>
          <executor-application>sh</executor-application>
          <executor-script>say.sh</executor-script>
          <envparams>
            <envparam><key>KIND</key><value>smoke</value></envparam>
            <envparam><key>LANGUAGE</key><value>the guide's XML</value></envparam>
          </envparams>
          <required-environment>rm-code:RM-763;</required-environment>
        </test>
        """);
    Path plan =
        Files.writeString(
            home.resolve("matrix.xml"),
            """
            <plan>
              <name>matrix</name>
              <parameters><code>RM-763</code></parameters>
              <items>
                <item><name>smoke</name><test><test>smoke.xml</test></test></item>
                <item>
                  <name>calls</name>
                  <after>smoke</after>
                  <each><kind>gsm</kind><kind>wlan</kind><language>fi</language></each>
                  <test>
                    <executor-application>sh</executor-application>
                    <executor-script>say.sh</executor-script>
                    <env><KIND>${kind}</KIND><LANGUAGE>${language}</LANGUAGE></env>
                    <require>rm-code:${code};</require>
                  </test>
                </item>
              </items>
            </plan>
            """);

    try (var run = tas(home, List.of("plan", "run", plan.toString(), "--page", "plan.html"))) {
      assertEquals(0, run.exitCode(), run.text());
      run.untilPrinted("smoke in the guide's XML");
      run.untilPrinted("calls-gsm-fi: gsm in fi");
      run.untilPrinted("calls-wlan-fi: wlan in fi");
    }
    String page = Files.readString(home.resolve("plan.html"));
    assertTrue(page.contains("3 of 3 planned tests are over"), page);
  }

  @Test
  void theRecipesThatCannotBeRunHereNameTheScriptAndItsReport() throws Exception {
    for (String recipe : List.of("Jenkinsfile", "gitlab-ci.yml", "github-actions.yml")) {
      String text = Files.readString(RECIPES.resolve(recipe));
      assertTrue(text.contains("samples/ci/run-test.sh --require"), recipe);
      assertTrue(text.contains("results/"), recipe);
      assertEquals(count(text, '{'), count(text, '}'), recipe);
      assertEquals(count(text, '('), count(text, ')'), recipe);
    }
    assertTrue(Files.isExecutable(RECIPES.resolve("run-test.sh")));
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(it -> it == wanted).count();
  }

  /** The second column of the table, in the order of the plan. */
  private static List<String> states(Program program) {
    return List.of("smoke", "calls", "deploy", "alarm").stream()
        .map(
            item ->
                program.lines().stream()
                    .filter(line -> line.startsWith(item + " "))
                    .map(line -> line.split(" +")[1])
                    .findFirst()
                    .orElse("none"))
        .toList();
  }

  private static Program run(Path directory, Path script, String... arguments) throws Exception {
    var command = environment();
    command.add("sh");
    command.add(script.toString());
    command.addAll(List.of(arguments));
    return Program.start(directory, command);
  }

  private static Program tas(Path directory, List<String> arguments) throws Exception {
    var command = environment();
    command.addAll(List.of(Program.java(), "-jar", Program.CLIENT.toString()));
    command.addAll(arguments);
    return Program.start(directory, command);
  }

  /** As a CI sets it, and nothing of the user who runs this. */
  private static List<String> environment() {
    return new ArrayList<>(
        List.of(
            "env",
            "TAS=" + TAS,
            "TAS_SERVICE=" + farm.address(),
            "BUILD_NUMBER=" + System.nanoTime(),
            "XDG_CONFIG_HOME=" + scratch.resolve("config"),
            "XDG_STATE_HOME=" + scratch.resolve("state")));
  }
}

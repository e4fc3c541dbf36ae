package com.nokia.ci.tas.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The package installed, started, upgraded, removed and purged below a directory of its own, with
 * its maintainer scripts, by the machine's own {@code dpkg}. They make no user and touch no systemd
 * there: that part runs on a real system alone.
 */
@Timeout(600)
final class DebianPackageTest {
  private static final Path PACKAGE = Path.of(System.getProperty("deb.file"));
  private static final String NAME = "test-automation-service";
  private static final String[] UNITS = {"tas-service", "tas-communicator", "tas-bridge"};
  private static final int ENDED_BY_SIGTERM = 143;

  @TempDir Path scratch;
  private Path root;

  @BeforeEach
  void emptySystem() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg")), "needs dpkg");
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    root = scratch.resolve("root");
    Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
    Files.createDirectories(root.resolve("var/lib/dpkg/info"));
    Files.createFile(root.resolve("var/lib/dpkg/status"));
  }

  @Test
  void thePackageIsInstalledUpgradedRemovedAndPurged() throws Exception {
    dpkg("--install", PACKAGE.toString());
    assertEquals("install ok installed", status());
    for (String unit : UNITS) {
      assertTrue(Files.exists(root.resolve("usr/lib/systemd/system/" + unit + ".service")), unit);
    }
    assertTrue(
        Files.readString(root.resolve("usr/share/man/man1/tas-start.1"))
            .startsWith(".TH TAS-START 1"),
        "a manual page");
    Path settings = root.resolve("etc/default/tas-communicator");
    Files.writeString(settings, "ARGUMENTS=\"TestAutomationServiceHostname=farm.example.org\"\n");
    Path data = Files.createDirectories(root.resolve("var/lib/tas/service/store"));
    Files.writeString(data.resolve("farm.db"), "accepted tests");

    dpkg("--install", newer().toString());
    assertEquals("install ok installed", status());
    assertEquals("newer\n", Files.readString(installed("TestAutomationService.jar")));
    assertTrue(Files.readString(settings).contains("farm.example.org"), "edits survive");

    dpkg("--remove", NAME);
    assertFalse(Files.exists(installed("")), "the programs are gone");
    assertTrue(Files.readString(settings).contains("farm.example.org"), "settings stay");
    assertEquals("accepted tests", Files.readString(data.resolve("farm.db")));

    dpkg("--purge", NAME);
    assertEquals(List.of(), filesLeft());
  }

  @Test
  void theServiceStartsAsItsUnitSaysAndTheCommandsRun() throws Exception {
    dpkg("--install", PACKAGE.toString());
    Path settings = root.resolve("etc/default/tas-service");
    Files.writeString(
        settings, Files.readString(settings).replace("PortNumber=31415", "PortNumber=0"));
    Path log = scratch.resolve("service.txt");
    var service =
        new ProcessBuilder(commandOf("tas-service"))
            .directory(Files.createDirectories(root.resolve("var/lib/tas/service")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      while (service.isAlive() && !Files.readString(log).contains(" is ready at ")) {
        service.waitFor(20, TimeUnit.MILLISECONDS);
      }
      assertTrue(service.isAlive(), () -> text(log));
      service.destroy();
      assertEquals(ENDED_BY_SIGTERM, service.waitFor(), () -> text(log));
      assertTrue(Files.exists(root.resolve("var/lib/tas/service/configuration.dat")));
    } finally {
      service.destroyForcibly();
    }
    assertTrue(tas("--version").matches("[0-9.]+\n"), "the client tells its version");
    assertTrue(tas("run-local", "--help").contains("--results-dir"));
    assertTrue(tas("keys", "--help").contains("keys"));
  }

  @Test
  void theClassesOfTheDaemonsAreKeptForTheirNextStart() throws Exception {
    dpkg("--install", PACKAGE.toString());
    Path kept = Files.createDirectory(scratch.resolve("kept"));

    run(
        Map.of("SHARE_CLASSES_LIMIT", "300"),
        installed("share-classes").toString(),
        System.getProperty("java.home"),
        installed("TestAutomationService.jar").toString(),
        installed("TestAutomationCommunicator.jar").toString(),
        installed("CIProxy.jar").toString(),
        kept.toString());

    for (String program : List.of("TestAutomationService", "TestAutomationCommunicator")) {
      String version =
          run(
              Map.of(),
              java(),
              "-Xshare:on",
              "-XX:SharedArchiveFile=" + kept.resolve(program + ".jsa"),
              "-jar",
              installed(program + ".jar").toString(),
              "--version");
      assertTrue(version.startsWith(program), version);
    }
    try (var left = Files.list(kept)) {
      assertEquals(2, left.count(), "nothing else is left");
    }
  }

  @Test
  void systemdFindsNoFaultWithTheUnits() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "needs systemd-analyze");
    for (String unit : UNITS) {
      String said =
          run(
              Map.of(),
              "systemd-analyze",
              "verify",
              Path.of("src/deb/root/usr/lib/systemd/system", unit + ".service").toString());
      assertEquals(
          List.of(), said.lines().filter(line -> line.contains(unit + ".service:")).toList(), said);
    }
  }

  /** The command of a unit with the arguments of its file in {@code /etc/default}. */
  private List<String> commandOf(String unit) throws IOException {
    String command =
        Files.readAllLines(root.resolve("usr/lib/systemd/system/" + unit + ".service")).stream()
            .filter(line -> line.startsWith("ExecStart="))
            .map(line -> line.substring("ExecStart=".length()))
            .findFirst()
            .orElseThrow();
    for (String line : Files.readAllLines(root.resolve("etc/default/" + unit))) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        String value = line.substring(equals + 1).replace("\"", "");
        command = command.replace("$" + line.substring(0, equals), value);
      }
    }
    return Stream.of(command.split(" +"))
        .map(word -> word.startsWith("/usr/share/" + NAME) ? root + word : word)
        .map(word -> word.equals("/usr/bin/java") ? java() : word)
        .toList();
  }

  private String tas(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(root.resolve("usr/bin/tas").toString()));
    command.addAll(List.of(arguments));
    return run(
        Map.of("TAS_HOME", installed("").toString(), "TAS_JAVA", java()),
        command.toArray(String[]::new));
  }

  /** The same package as a later release would be, with little in it. */
  private Path newer() throws Exception {
    Path tree = scratch.resolve("newer");
    run(Map.of(), "dpkg-deb", "--raw-extract", PACKAGE.toString(), tree.toString());
    Path control = tree.resolve("DEBIAN/control");
    Files.writeString(
        control, Files.readString(control).replaceFirst("(?m)^Version: .*", "Version: 999.0"));
    Files.delete(tree.resolve("DEBIAN/md5sums"));
    try (var jars = Files.list(tree.resolve("usr/share/" + NAME))) {
      for (Path jar : jars.toList()) {
        Files.writeString(jar, "newer\n");
      }
    }
    Path file = scratch.resolve("newer.deb");
    run(Map.of(), "dpkg-deb", "--build", tree.toString(), file.toString());
    return file;
  }

  private Path installed(String name) {
    return root.resolve("usr/share/" + NAME).resolve(name);
  }

  private String status() throws Exception {
    return run(
        Map.of(),
        "dpkg-query",
        "--admindir=" + root.resolve("var/lib/dpkg"),
        "--show",
        "--showformat=${Status}",
        NAME);
  }

  private List<String> filesLeft() throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> !file.startsWith(root.resolve("var/lib/dpkg")))
          .filter(Files::isRegularFile)
          .map(Path::toString)
          .toList();
    }
  }

  /** What it depends on is not installed below the directory. */
  private void dpkg(String... arguments) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                "dpkg",
                "--root=" + root,
                "--force-script-chrootless",
                "--force-depends",
                "--force-unsafe-io",
                "--log=" + scratch.resolve("dpkg.log")));
    command.addAll(List.of(arguments));
    run(Map.of("DEBIAN_FRONTEND", "noninteractive"), command.toArray(String[]::new));
  }

  private String run(Map<String, String> environment, String... command) throws Exception {
    Path output = Files.createTempFile(scratch, "output-", ".txt");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    String said = Files.readString(output, UTF_8);
    assertEquals(0, code, List.of(command) + ": " + said);
    return said;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}

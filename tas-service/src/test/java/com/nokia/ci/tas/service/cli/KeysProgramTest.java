package com.nokia.ci.tas.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.trust.FarmKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class KeysProgramTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void oneStepMakesAllThatAFarmNeeds() throws IOException {
    assertEquals(0, run());
    List<Path> files = keyFiles();
    assertEquals(2, files.size(), files.toString());
    for (Path file : files) {
      assertTrue(FarmKey.read(file).identity().isPresent(), "a whole key file");
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      assertTrue(out.toString().contains(file.toString()), out.toString());
    }
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(directory.resolve("store/31415/keys"))));
  }

  @Test
  void secondTimeChangesNothingAndSaysWhatToDo() throws IOException {
    run();
    assertEquals(0, run());
    assertEquals(2, keyFiles().size());
    assertTrue(out.toString().contains("The farm has keys already"), out.toString());
  }

  @Test
  void keysAreListedWithoutSecretsAndRevokedByName() throws IOException {
    run();
    Path file = directory.resolve("nightly.key");
    assertEquals(
        0,
        run(
            "client",
            "--label",
            "nightly",
            "--role",
            "operate",
            "--expires",
            "90d",
            "--out",
            file.toString()));
    String token = FarmKey.read(file).token().orElseThrow();
    String id = token.split("_")[1];
    assertEquals(0, run("list"));
    assertTrue(out.toString().contains(id), out.toString());
    assertTrue(out.toString().contains("nightly"), out.toString());
    assertFalse(out.toString().contains(token), "the token is shown nowhere");
    assertEquals(0, run("revoke", id));
    assertEquals(0, run("list"));
    assertTrue(
        out.toString().lines().anyMatch(line -> line.startsWith(id) && line.contains("revoked")),
        out.toString());
  }

  @Test
  void keysOfAServiceAndOfAKeyAreRenewed() throws IOException {
    run();
    assertEquals(0, run("renew", "--host", "tas.example.org"));
    String id = keyFiles().get(0).getFileName().toString().replaceAll(".*-|\\.key", "");
    Path file = directory.resolve("new.key");
    assertEquals(0, run("renew", id, "--out", file.toString()));
    assertTrue(FarmKey.read(file).token().isPresent(), "a token");
  }

  @Test
  void existingFileIsNeverReplacedAndNoKeyIsMadeForIt() throws IOException {
    run();
    Path file = Files.writeString(directory.resolve("precious"), "text");
    assertEquals(1, run("node", "--out", file.toString()));
    assertEquals("text", Files.readString(file));
    assertTrue(err.toString().contains("is there already"), err.toString());
    assertEquals(0, run("list"));
    assertEquals(
        2,
        out.toString()
            .lines()
            .filter(line -> line.endsWith("node") || line.endsWith("client"))
            .count());
  }

  @Test
  void whatIsDoneStandsInTheAuditLogWithoutSecrets() throws IOException {
    run();
    Path file = directory.resolve("rack4.key");
    run("node", "--label", "rack 4", "--out", file.toString());
    String token = FarmKey.read(file).token().orElseThrow();
    run("revoke", token.split("_")[1]);
    try (Stream<Path> files = Files.list(directory.resolve("logs"))) {
      String log = Files.readString(files.findFirst().orElseThrow());
      assertEquals(5, log.lines().count(), log);
      assertTrue(log.contains("revoke key"), log);
      assertTrue(log.contains("(rack 4)"), log);
      assertFalse(log.contains(token), log);
    }
  }

  @Test
  void keyForAProjectOrAPersonThatIsNotThereIsNotMade() {
    run();
    assertEquals(1, run("client", "--project", "radoi"));
    assertTrue(err.toString().contains("there is no project radoi"), err.toString());
    assertEquals(1, run("client", "--user", "nobody"));
    assertTrue(err.toString().contains("there is no user nobody"), err.toString());
  }

  @Test
  void wrongUsageIsToldInASentence() {
    assertEquals(2, run("client", "--role", "king"));
    assertTrue(err.toString().contains("there are view, submit, operate"), err.toString());
    assertEquals(2, run("client", "--expires", "soon"));
    assertEquals(2, run("revoke"));
    assertEquals(2, run("renew", "--host", "no host"));
    assertEquals(2, run("node", "--label", "two\nlines"));
  }

  @Test
  void withoutAFarmNoKeyIsMadeAndTheSentenceNamesTheRemedy() {
    assertEquals(1, run("node"));
    assertTrue(err.toString().contains("tas keys"), err.toString());
    assertEquals(1, run("revoke", "00000000"));
    assertEquals(0, run("list"));
    assertTrue(out.toString().contains("The farm has no keys"), out.toString());
  }

  @Test
  void helpShowsExamplesOfEachCommand() {
    for (String command : List.of("node", "client", "list", "revoke", "renew")) {
      assertEquals(0, run(command, "--help"));
      assertTrue(out.toString().contains("tas keys " + command), out.toString());
    }
  }

  private int run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--directory");
    all.add(directory.toString());
    return KeysProgram.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  private List<Path> keyFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".key")).sorted().toList();
    }
  }
}

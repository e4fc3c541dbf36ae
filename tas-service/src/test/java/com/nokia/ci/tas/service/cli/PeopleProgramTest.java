package com.nokia.ci.tas.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.Project;
import com.nokia.ci.tas.service.access.password.Argon2id;
import com.nokia.ci.tas.service.access.store.AccessFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class PeopleProgramTest {
  private static final String PASSWORD = "four words of mine";
  private static final UserId ANNA = new UserId("anna");
  private static final ProjectId RADIO = new ProjectId("radio");

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String input = PASSWORD + "\n";

  @Test
  void somebodyIsAddedWithAPasswordFromTheStandardInput() throws IOException {
    assertEquals(0, run("users", "add", "anna", "--role", "submit"), err.toString());

    var anna = book().user(ANNA).orElseThrow();
    assertTrue(anna.rights().allow(AccessRole.SUBMIT));
    assertTrue(new Argon2id(new SecureRandom()).matches(PASSWORD, anna.password()));
    assertFalse(Files.readString(directory.resolve("store/31415/access.json")).contains(PASSWORD));
    assertFalse(out.toString().contains(PASSWORD) || err.toString().contains(PASSWORD));
    assertTrue(audited().contains("\"what\":\"add user\",\"on\":\"anna as submit\""), audited());
    assertFalse(audited().contains(PASSWORD));
  }

  @Test
  void aBadPasswordIsRefusedAndNobodyIsAdded() {
    input = "short\n";
    assertEquals(1, run("users", "add", "anna"));
    input = "";
    assertEquals(1, run("users", "add", "anna"));

    assertTrue(err.toString().contains("the password has 5 characters"), err.toString());
    assertEquals(AccessBook.EMPTY, book());
  }

  @Test
  void nobodyIsAddedTwiceAndNobodyUnknownIsChanged() {
    assertEquals(0, run("users", "add", "anna"));
    assertEquals(1, run("users", "add", "anna"));
    for (String[] command :
        new String[][] {
          {"users", "remove", "bert"},
          {"users", "role", "bert", "view"},
          {"users", "password", "bert"},
          {"users", "role", "anna", "king"},
          {"users", "role", "anna", "view", "--project", "nowhere"},
          {"users", "add", "../anna"}
        }) {
      assertEquals(1, run(command), String.join(" ", command));
    }
    assertEquals(2, run("users"));
    assertEquals(2, run("users", "add"));
  }

  @Test
  void rolesAreGivenOnTheFarmAndInProjects() {
    run("users", "add", "anna");
    run("projects", "add", "radio");

    assertEquals(0, run("users", "role", "anna", "operate", "--project", "radio"));
    assertEquals(0, run("users", "role", "anna", "none"));

    var rights = book().user(ANNA).orElseThrow().rights();
    assertEquals(Optional.empty(), rights.farm());
    assertEquals(Map.of(RADIO, AccessRole.OPERATE), rights.projects());
    assertEquals(0, run("users", "list"));
    assertTrue(out.toString().contains("radio:operate"), out.toString());
  }

  @Test
  void aPasswordFromTheEnvironmentReplacesTheFormerOne() {
    run("users", "add", "anna");
    var before = book().user(ANNA).orElseThrow();

    assertEquals(0, run("users", "password", "anna", "--password-env", "NEW_PASSWORD"));

    var after = book().user(ANNA).orElseThrow();
    assertTrue(
        new Argon2id(new SecureRandom()).matches("five other words of mine", after.password()));
    assertFalse(after.passwordSince().isBefore(before.passwordSince()));
  }

  @Test
  void projectsHaveVariablesAndSecretsAreNotShown() throws IOException {
    input = "s3cr3t-value\n";
    assertEquals(0, run("projects", "add", "radio", "--description", "all that transmits"));
    assertEquals(0, run("projects", "set", "radio", "BAND", "900"));
    assertEquals(0, run("projects", "secret", "radio", "DOOR_KEY"), err.toString());
    assertEquals(0, run("projects", "show", "radio"));
    assertEquals(0, run("projects", "list"));

    assertEquals(
        Map.of(
            "BAND",
            new Project.Variable("900", false),
            "DOOR_KEY",
            new Project.Variable("s3cr3t-value", true)),
        book().project(RADIO).orElseThrow().variables());
    assertTrue(out.toString().contains("DOOR_KEY=***"), out.toString());
    assertTrue(out.toString().contains("BAND=900"), out.toString());
    assertFalse((out.toString() + err + audited()).contains("s3cr3t-value"));

    assertEquals(0, run("projects", "unset", "radio", "BAND"));
    assertEquals(1, run("projects", "set", "radio", "not a name", "1"));
    assertEquals(0, run("projects", "remove", "radio"));
    assertEquals(Optional.empty(), book().project(RADIO));
  }

  private int run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
    if (!all.isEmpty()) {
      all.addAll(List.of("--directory", directory.toString()));
    }
    var secrets =
        new SecretInput(
            new StringReader(input),
            Optional.empty(),
            Map.of("NEW_PASSWORD", "five other words of mine"));
    return PeopleProgram.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        secrets,
        arguments[0],
        all.toArray(String[]::new));
  }

  private AccessBook book() {
    return AccessFile.in(directory.resolve("store/31415")).read();
  }

  private String audited() throws IOException {
    try (var files = Files.list(directory.resolve("logs"))) {
      return Files.readString(files.findFirst().orElseThrow());
    }
  }
}

package com.nokia.ci.tas.communicator.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.RuntimeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkspacesTest {
  private static final RuntimeId NIGHTLY = RuntimeId.of("nightly_1");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path directory;
  private Path root;
  private Path outside;

  @BeforeEach
  void aFileOutside() throws IOException {
    root = directory.resolve("workspace");
    outside = Files.createDirectories(directory.resolve("outside")).resolve("precious.txt");
    Files.writeString(outside, "mine");
  }

  @Test
  void workspaceHasTheRuntimeIdForItsName() {
    assertEquals(root.resolve("nightly_1"), keeping(KeepRule.NONE).prepare(NIGHTLY).directory());
  }

  @Test
  void nothingOutsideAWorkspaceIsTouched() throws IOException {
    var old = Files.createDirectories(root.resolve("nightly_1/deep/deeper"));
    Files.createSymbolicLink(old.resolve("link"), outside.getParent());
    Files.createSymbolicLink(old.resolve("file-link"), outside);

    var workspace = keeping(KeepRule.NONE).prepare(NIGHTLY);

    assertEquals(0, workspace.directory().toFile().list().length);
    assertEquals("mine", Files.readString(outside));
  }

  @Test
  void aLinkInPlaceOfTheWorkspaceIsReplaced() throws IOException {
    Files.createDirectories(root);
    Files.createSymbolicLink(root.resolve("nightly_1"), outside.getParent());

    var workspace = keeping(KeepRule.NONE).prepare(NIGHTLY);

    assertFalse(Files.isSymbolicLink(workspace.directory()));
    assertEquals("mine", Files.readString(outside));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../evil", "a/b", "a\\b", "C:x", "", " a", "nul", "a\u0000b"})
  void namesThatLeaveTheWorkspaceAreRefused(String name) {
    var workspaces = keeping(KeepRule.NONE);
    var workspace = workspaces.prepare(NIGHTLY);

    assertThrows(ExecutionException.class, () -> workspaces.prepare(RuntimeId.of(name)));
    assertThrows(ExecutionException.class, () -> workspace.file("artifact", name));
  }

  @Test
  void aLinkInAWorkspaceIsNoFileOfIt() throws IOException {
    var workspace = keeping(KeepRule.NONE).prepare(NIGHTLY);
    Files.createSymbolicLink(workspace.directory().resolve("results.zip"), outside);

    assertTrue(workspace.existingFile("results file", "results.zip").isEmpty());
  }

  @Test
  void failedWorkspaceIsKeptWithTheReason() throws IOException {
    var workspaces = keeping(KeepRule.FAILED);
    var failed = workspaces.prepare(NIGHTLY);
    var finished = workspaces.prepare(RuntimeId.of("nightly_2"));
    Files.writeString(failed.directory().resolve("products.json"), "with codes");

    workspaces.closeFailed(failed, "executor ended with exit code 3");
    workspaces.closeFinished(finished);

    assertEquals(
        "executor ended with exit code 3",
        Files.readString(failed.directory().resolve(Workspace.FAILURE_NOTE)).strip());
    assertFalse(Files.exists(failed.directory().resolve("products.json")), "it has codes");
    assertFalse(Files.exists(finished.directory()));
  }

  @Test
  void aFailedWorkspaceIsKeptAlsoWhenItsTestRunsAgain() throws IOException {
    var workspaces = keeping(KeepRule.FAILED);
    workspaces.closeFailed(workspaces.prepare(NIGHTLY), "executor ended with exit code 3");

    var again = workspaces.prepare(NIGHTLY);

    assertEquals(0, again.directory().toFile().list().length);
    Path kept = root.resolveSibling("kept-workspaces").resolve("nightly_1");
    assertTrue(Files.exists(kept.resolve(Workspace.FAILURE_NOTE)));
  }

  @Test
  void withoutKeepRuleNothingStays() throws IOException {
    var workspaces = keeping(KeepRule.NONE);
    var workspace = workspaces.prepare(NIGHTLY);
    var locked = Files.createDirectories(workspace.directory().resolve("locked"));
    Files.writeString(locked.resolve("file"), "x");
    locked.toFile().setWritable(false);

    workspaces.closeFailed(workspace, "x");

    assertFalse(Files.exists(workspace.directory()));
  }

  @Test
  void clearingDeletesEverythingBelow() throws IOException {
    Files.createDirectories(root.resolve("old/one"));
    Files.writeString(root.resolve("stray.txt"), "x");

    keeping(KeepRule.NONE).clear(Set.of());

    assertEquals(0, root.toFile().list().length);
  }

  @Test
  void theStartMovesWhatIsToBeKeptAndLeavesWhatGoesOn() throws IOException {
    var workspaces = keeping(KeepRule.FAILED);
    for (var name : Set.of("failed", "cut-off", "goes-on")) {
      workspaces.prepare(RuntimeId.of(name));
    }
    var failed = root.resolve("failed");
    Files.createSymbolicLink(failed.resolve("link"), outside.getParent());
    workspaces.closeFailed(workspaces.left(RuntimeId.of("failed")), "exit code 3");
    Files.writeString(outside.resolveSibling(Workspace.FAILURE_NOTE), "not of a workspace");
    Files.createSymbolicLink(root.resolve("linked"), outside.getParent());
    Path kept = root.resolveSibling("kept-workspaces");
    Files.createSymbolicLink(
        Files.createDirectories(kept.resolve("failed")).resolve("old"), outside.getParent());

    workspaces.clear(Set.of("goes-on"));

    assertEquals(Set.of("goes-on"), Set.of(root.toFile().list()));
    assertEquals(Set.of("failed"), Set.of(kept.toFile().list()));
    assertEquals(
        Set.of(Workspace.FAILURE_NOTE, "link"), Set.of(kept.resolve("failed").toFile().list()));
    assertEquals("mine", Files.readString(outside));
    Files.setLastModifiedTime(kept.resolve("failed"), FileTime.from(NOW.minus(Duration.ofDays(9))));
    workspaces.deleteOlderThan(Duration.ofDays(7), NOW, Set.of("goes-on"));
    assertEquals(0, kept.toFile().list().length);
    assertEquals("mine", Files.readString(outside));
  }

  @Test
  void oldKeptWorkspacesGoButNotLiveOnes() throws IOException {
    var workspaces = keeping(KeepRule.ALL);
    for (var name : Set.of("old", "young", "live")) {
      var workspace = workspaces.prepare(RuntimeId.of(name)).directory();
      var age = name.equals("young") ? Duration.ofDays(1) : Duration.ofDays(9);
      Files.setLastModifiedTime(workspace, FileTime.from(NOW.minus(age)));
    }

    workspaces.deleteOlderThan(Duration.ofDays(7), NOW, Set.of("live"));

    assertEquals(Set.of("young", "live"), Set.of(root.toFile().list()));
  }

  private Workspaces keeping(KeepRule rule) {
    return new Workspaces(root, rule);
  }
}

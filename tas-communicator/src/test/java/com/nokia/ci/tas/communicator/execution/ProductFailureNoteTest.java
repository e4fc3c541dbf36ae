package com.nokia.ci.tas.communicator.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProductFailureNoteTest {
  private static final List<ProductDescription> RESERVED =
      List.of(
          ProductDescription.of(Map.of("imei", "004402136230483", "role", "main")),
          ProductDescription.of(Map.of("imei", "004402136230491", "role", "remote")));

  @TempDir Path directory;
  private Workspace workspace;

  @BeforeEach
  void workspace() {
    workspace = new Workspaces(directory, KeepRule.NONE).prepare(RuntimeId.of("t"));
  }

  @Test
  void aProductIsNamedByItsRoleOrItsImei() throws IOException {
    assertEquals(
        "product 004402136230491 (remote) is sick, says the executor: does not boot",
        told("remote: does not boot\nsecond line\n"));
    assertEquals(
        "product 004402136230483 (004402136230483) is sick, says the executor: hot",
        told("004402136230483:hot"));
    assertEquals("product 004402136230483 (main) is sick, says the executor", told("main:"));
  }

  @Test
  void aReasonAloneIsTakenToo() throws IOException {
    assertEquals("a product of the test is sick, says the executor: no: luck", told("no: luck"));
    assertEquals("a product of the test is sick, says the executor", told(""));
  }

  @Test
  void withoutTheFileNothingIsSaid() {
    assertEquals(Optional.empty(), ProductFailureNote.in(workspace, RESERVED));
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "main: x");
    Files.createSymbolicLink(workspace.directory().resolve("product-failure"), elsewhere);

    assertEquals(Optional.empty(), ProductFailureNote.in(workspace, RESERVED));
  }

  private String told(String text) throws IOException {
    Files.writeString(workspace.directory().resolve("product-failure"), text);
    return ProductFailureNote.in(workspace, RESERVED).orElseThrow();
  }
}

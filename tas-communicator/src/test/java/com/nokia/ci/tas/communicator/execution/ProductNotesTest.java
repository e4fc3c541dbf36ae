package com.nokia.ci.tas.communicator.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProductNotesTest {
  private static final ProductDescription MAIN =
      ProductDescription.of(Map.of("imei", "1", "rm-code", "RM-763 \"x\"", "sim1-pin1", "1234"));
  private static final ProductDescription REMOTE =
      ProductDescription.of(Map.of("imei", "2", "role", "remote"));

  @TempDir Path directory;

  @Test
  void executorFindsItsProductsInAllFormats() throws Exception {
    var workspace = new Workspaces(directory, KeepRule.NONE).prepare(RuntimeId.of("t"));
    ProductNotes.write(List.of(MAIN, REMOTE), workspace);

    assertEquals(
        Set.of("products.json", "Main.json", "Remote.json", "product.json", "remoteProduct.json"),
        new TreeSet<>(List.of(workspace.directory().toFile().list())));
    var json = new ObjectMapper();
    var all = json.readTree(workspace.directory().resolve("products.json").toFile());
    assertEquals(2, all.get("products").size());
    assertEquals("1234", all.get("products").get(0).get("SIM1Pin1Code").asText());
    var main = json.readTree(workspace.directory().resolve("Main.json").toFile());
    assertEquals("RM-763 \"x\"", main.get("RmCode").asText());
    var old = json.readTree(workspace.directory().resolve("remoteProduct.json").toFile());
    assertEquals("remote", old.get("role").asText());
    assertTrue(old.get("sim1").isObject());
  }
}

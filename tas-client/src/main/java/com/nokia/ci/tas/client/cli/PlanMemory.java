package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.client.internal.file.UserFiles;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What became of the items of a plan the last time, in a file of the user. */
final class PlanMemory {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path plan;
  private final Path file;

  PlanMemory(Path plan) {
    this.plan = plan;
    byte[] key = plan.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
    file = UserFiles.state().resolve("plans").resolve(UUID.nameUUIDFromBytes(key) + ".json");
  }

  /**
   * The states by item.
   *
   * @throws SettingsException when there was no last time
   */
  Map<String, Plan.State> read() {
    try {
      JsonNode all = JSON.readTree(Files.readAllBytes(file));
      var states = new LinkedHashMap<String, Plan.State>();
      all.properties()
          .forEach(it -> states.put(it.getKey(), Plan.State.valueOf(it.getValue().asText())));
      return states;
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          "it is not known what became of " + plan + " the last time; leave --rerun-failed out", e);
    }
  }

  /** Remembers; the sentence says why it could not. */
  Optional<String> write(List<PlanRun.Done> done) {
    var states = JSON.createObjectNode();
    done.forEach(it -> states.put(it.item().name(), it.state().name()));
    try {
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(file.getParent(), "plan", ".part");
      Files.writeString(part, states.toString());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(file + ", for --rerun-failed, cannot be written: " + e.getMessage());
    }
  }
}

package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.file.UserFiles;
import com.nokia.ci.tas.client.verdict.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last verdict of a series on this machine, in a file of the user. */
final class FormerVerdicts {
  private static final Logger LOG = LoggerFactory.getLogger(FormerVerdicts.class);

  private final Path file;

  FormerVerdicts(String project, String series) {
    // a name by content: neither is a file name
    byte[] key = (project + "\n" + series).getBytes(StandardCharsets.UTF_8);
    file = UserFiles.state().resolve("verdicts").resolve(UUID.nameUUIDFromBytes(key).toString());
  }

  Optional<Verdict> read() {
    try {
      String word = Files.readString(file).strip();
      return Stream.of(Verdict.values()).filter(it -> it.name().equals(word)).findFirst();
    } catch (IOException e) {
      return Optional.empty(); // the first time
    }
  }

  void write(Verdict verdict) {
    try {
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(file.getParent(), "verdict", ".part");
      Files.writeString(part, verdict.name() + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("file", file).setCause(e).log("the verdict is not remembered");
    }
  }
}

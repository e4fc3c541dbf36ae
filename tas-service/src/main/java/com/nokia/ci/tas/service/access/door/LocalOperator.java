package com.nokia.ci.tas.service.access.door;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.access.Token;
import com.nokia.ci.tas.service.access.store.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets those operate the farm without a log-in who can read the files of the service: for as long
 * as the service runs there is a token in its store, for the owner of the store alone, which is
 * taken from the service's own machine only. It is another at each start.
 */
public final class LocalOperator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalOperator.class);

  private final Path file;
  private final Token token;
  private final Principal operator;

  private LocalOperator(Path file, Token token) {
    this.file = file;
    this.token = token;
    operator =
        new Principal(
            Principal.Kind.CLIENT,
            System.getProperty("user.name") + " at the service",
            Optional.of(token.key()),
            Optional.empty(),
            Rights.onFarm(AccessRole.OPERATE));
  }

  /**
   * Makes a token and lays it into a store.
   *
   * @throws SettingsException when it cannot be written
   */
  static LocalOperator open(Path store) {
    var file = store.resolve("operator");
    var token = Token.random(new SecureRandom());
    try {
      PrivateFile.createDirectory(store);
      PrivateFile.replace(file, token.text() + "\n");
    } catch (IOException e) {
      throw new SettingsException("cannot write " + file + ": " + e, e);
    }
    return new LocalOperator(file, token);
  }

  /** Who shows a token, if it is this one; takes as long for every wrong one. */
  public Optional<Principal> of(String shown) {
    return Token.parse(shown).filter(it -> isSame(it.sha256())).map(it -> operator);
  }

  private boolean isSame(String sha256) {
    return MessageDigest.isEqual(
        sha256.getBytes(StandardCharsets.US_ASCII),
        token.sha256().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.atWarn().log("{} stays, and is good for nothing any more: {}", file, e.toString());
    }
  }
}

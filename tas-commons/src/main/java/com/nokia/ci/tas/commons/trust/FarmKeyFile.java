package com.nokia.ci.tas.commons.trust;

import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one key file; each complaint names the file, the line and what to do. */
final class FarmKeyFile {
  private static final Logger LOG = LoggerFactory.getLogger(FarmKeyFile.class);
  private static final int LARGEST = 1 << 20;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);
  private static final String REMEDY = "ask the farm's admin for a key file made by tas keys";

  private final Path file;

  FarmKeyFile(Path file) {
    this.file = file;
  }

  static Path path(String name) {
    try {
      return Path.of(name.strip());
    } catch (InvalidPathException e) {
      throw new SettingsException(
          "key file %s: this is no name of a file".formatted(SafeName.shown(name)), e);
    }
  }

  FarmKey read() {
    String text = text();
    warnOfOthers();
    return parse(text);
  }

  FarmKey parse(String text) {
    List<String> lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    try {
      return key(Pem.read(lines));
    } catch (Pem.BadLine e) {
      throw bad("line " + e.line() + ": " + e.getMessage(), e);
    }
  }

  private String text() {
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw bad("it has " + size + " bytes, a key file has a few thousand");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new SettingsException(
          "key file %s is not there; correct the name, or %s".formatted(file, REMEDY), e);
    } catch (AccessDeniedException e) {
      throw new SettingsException(
          "key file %s may not be read by this user; make the user its owner with: chown"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new SettingsException(
          "key file %s cannot be read: %s; make it a file that this user can read"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private FarmKey key(Pem.Text text) throws Pem.BadLine {
    var certificates = new ArrayList<X509Certificate>();
    var privateKeys = new ArrayList<Pem.Block>();
    for (var block : text.blocks()) {
      switch (block.name()) {
        case "CERTIFICATE" -> certificates.add(Pem.certificate(block));
        case "PRIVATE KEY" -> privateKeys.add(block);
        default -> {
          throw new Pem.BadLine(
              block.line(), "a key file holds no " + SafeName.shown(block.name()));
        }
      }
    }
    List<X509Certificate> own =
        certificates.stream().filter(it -> !Certificates.isAuthority(it)).toList();
    List<X509Certificate> authorities =
        certificates.stream().filter(Certificates::isAuthority).toList();
    if (authorities.size() != 1) {
      throw bad(
          "it has %d certificates of an authority, it needs one".formatted(authorities.size()));
    }
    if (own.size() > 1 || own.size() != privateKeys.size()) {
      throw bad(
          "it has %d certificates of its own and %d private keys, it needs one of each"
              .formatted(own.size(), privateKeys.size()));
    }
    Optional<String> token = Optional.ofNullable(values(text.others()).get("token"));
    if (own.isEmpty() && token.isEmpty()) {
      throw bad("it has neither a token nor a certificate of its own");
    }
    Optional<Identity> identity = Optional.empty();
    if (!own.isEmpty()) {
      X509Certificate certificate = own.get(0);
      PrivateKey key = Pem.key(privateKeys.get(0), certificate.getPublicKey().getAlgorithm());
      identity = Optional.of(new Identity(certificate, key));
      if (!identity.get().belongsTogether()) {
        throw new Pem.BadLine(
            privateKeys.get(0).line(), "the private key that begins here is not the certificate's");
      }
    }
    return new FarmKey(authorities.get(0), identity, token);
  }

  private static Map<String, String> values(List<String> lines) throws Pem.BadLine {
    var values = new HashMap<String, String>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals <= 0) {
        throw new Pem.BadLine(i + 1, "this is not of the form key=value");
      }
      String key = line.substring(0, equals).strip();
      String value = line.substring(equals + 1).strip();
      if (key.equals("token") && !value.matches("[\\x21-\\x7e]{1,512}")) {
        throw new Pem.BadLine(i + 1, "the token is damaged");
      }
      values.put(key, value);
    }
    return values;
  }

  private SettingsException bad(String what) {
    return new SettingsException("key file %s: %s; %s".formatted(file, what, REMEDY));
  }

  private SettingsException bad(String what, Exception cause) {
    return new SettingsException("key file %s: %s; %s".formatted(file, what, REMEDY), cause);
  }

  private void warnOfOthers() {
    try {
      var permissions = Files.getPosixFilePermissions(file);
      if (permissions.stream().anyMatch(OTHERS::contains)) {
        LOG.atWarn()
            .addKeyValue("file", file)
            .log("others on this machine can use the key file; forbid it with: chmod 600 {}", file);
      }
    } catch (UnsupportedOperationException | IOException e) {
      LOG.atDebug().addKeyValue("file", file).setCause(e).log("rights of the file are not known");
    }
  }
}

package com.nokia.ci.tas.commons.trust;

import com.nokia.ci.tas.commons.model.SafeName;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a key of a farm, or an identity alone, of what a file holds. */
final class FarmKeyFile {
  private static final String REMEDY = "ask the farm's admin for a key file made by tas keys";

  private final PemFile file;

  FarmKeyFile(PemFile file) {
    this.file = file;
  }

  /** What the farm's admin gives to nodes and clients. */
  static FarmKeyFile ofPeer(Path path) {
    return new FarmKeyFile(new PemFile(path, "key file", REMEDY));
  }

  /** What the admin's own service shows. */
  static FarmKeyFile ofService(Path path) {
    return new FarmKeyFile(new PemFile(path, "file", "make it anew with: tas keys renew"));
  }

  FarmKey read() {
    return file.read(this::key);
  }

  FarmKey parse(String text) {
    return file.parse(text, this::key);
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
      throw file.bad(
          "it has %d certificates of an authority, it needs one".formatted(authorities.size()));
    }
    if (own.size() > 1 || own.size() != privateKeys.size()) {
      throw file.bad(
          "it has %d certificates of its own and %d private keys, it needs one of each"
              .formatted(own.size(), privateKeys.size()));
    }
    Optional<String> token = Optional.ofNullable(values(text.others()).get("token"));
    if (own.isEmpty()) {
      if (token.isEmpty()) {
        throw file.bad("it has neither a token nor a certificate of its own");
      }
      return new FarmKey(authorities.get(0), Optional.empty(), token);
    }
    Identity identity = identity(own.get(0), privateKeys.get(0));
    return new FarmKey(authorities.get(0), Optional.of(identity), token);
  }

  static Identity identity(X509Certificate certificate, Pem.Block block) throws Pem.BadLine {
    PrivateKey key = Pem.key(block, certificate.getPublicKey().getAlgorithm());
    var identity = new Identity(certificate, key);
    if (!identity.belongsTogether()) {
      throw new Pem.BadLine(
          block.line(), "the private key that begins here is not the certificate's");
    }
    return identity;
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
}

package com.nokia.ci.tas.commons.trust;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Certificates and private keys as text between {@code BEGIN} and {@code END} lines. */
public final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private Pem() {}

  /**
   * One block of a text.
   *
   * @param line of its first line, from 1
   * @param name such as {@code CERTIFICATE}
   * @param bytes what it holds
   */
  record Block(int line, String name, byte[] bytes) {
    boolean isA(String wanted) {
      return name.equals(wanted);
    }

    @Override
    public String toString() {
      return name + " in line " + line;
    }
  }

  /** What is wrong in a line. */
  static final class BadLine extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    BadLine(int line, String message) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  /**
   * A text taken apart.
   *
   * @param blocks in their order
   * @param others lines outside of blocks, each at its place; lines of blocks are empty there
   */
  record Text(List<Block> blocks, List<String> others) {}

  /** Writes a certificate. */
  public static String text(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the certificate has no encoding", e);
    }
  }

  /** Writes a private key, as PKCS#8 without a password. */
  public static String text(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  private static String block(String name, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return BEGIN + name + DASHES + "\n" + body + "\n" + END + name + DASHES + "\n";
  }

  static Text read(List<String> lines) throws BadLine {
    var blocks = new ArrayList<Block>();
    var others = new ArrayList<String>();
    Optional<String> open = Optional.empty();
    int begin = 0;
    var body = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (open.isPresent() && line.equals(END + open.get() + DASHES)) {
        blocks.add(new Block(begin, open.get(), decoded(begin, body.toString())));
        open = Optional.empty();
        others.add("");
      } else if (open.isPresent()) {
        body.append(line);
        others.add("");
      } else if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
        open = Optional.of(line.substring(BEGIN.length(), line.length() - DASHES.length()));
        begin = i + 1;
        body.setLength(0);
        others.add("");
      } else {
        others.add(line);
      }
    }
    if (open.isPresent()) {
      throw new BadLine(begin, "what begins here has no line " + END + open.get() + DASHES);
    }
    return new Text(blocks, others);
  }

  private static byte[] decoded(int line, String body) throws BadLine {
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new BadLine(line, "what begins here is damaged");
    }
  }

  static X509Certificate certificate(Block block) throws BadLine {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes()));
    } catch (GeneralSecurityException e) {
      throw new BadLine(block.line(), "the certificate that begins here is damaged");
    }
  }

  /** Reads a key for a certificate, of whose algorithm it has to be. */
  static PrivateKey key(Block block, String algorithm) throws BadLine {
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(block.bytes()));
    } catch (InvalidKeySpecException e) {
      throw new BadLine(
          block.line(), "the private key that begins here is damaged or not of kind " + algorithm);
    } catch (GeneralSecurityException e) {
      throw new BadLine(block.line(), "this Java knows no keys of kind " + algorithm);
    }
  }
}

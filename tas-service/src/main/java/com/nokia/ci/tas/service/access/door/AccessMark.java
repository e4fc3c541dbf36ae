package com.nokia.ci.tas.service.access.door;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.access.json.AccessJson;
import com.nokia.ci.tas.service.access.keys.KeysDirectory;
import com.nokia.ci.tas.service.access.store.AccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;

/**
 * By which two services see that they let the same people and keys in: too short to tell anything
 * of them. Immutable.
 *
 * @param people changes with {@code access.json}: people, projects and the keys that are good
 * @param authority changes with the authority in {@code keys/}; what each service shows of itself
 *     may differ
 */
public record AccessMark(String people, String authority) {
  /** How long each part is, in hexadecimal digits. */
  public static final int DIGITS = 8;

  /**
   * Reads the files of a service.
   *
   * @param store of the service, {@code store/PORT}
   * @throws SettingsException when one is there and cannot be used
   */
  public static AccessMark of(Path store) {
    var keys = KeysDirectory.in(store);
    byte[] book = AccessJson.text(AccessFile.in(store).read()).getBytes(StandardCharsets.UTF_8);
    return new AccessMark(digest(book), digest(keys.hasKeys() ? authority(keys) : new byte[0]));
  }

  private static byte[] authority(KeysDirectory keys) {
    try {
      return keys.serviceKey().authority().getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }

  private static String digest(byte... content) {
    try {
      byte[] whole = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(whole).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package com.nokia.ci.tas.service.access.password;

import com.nokia.ci.tas.service.access.PasswordHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id (RFC 9106): {@value #MEMORY} KiB of memory, {@value #PASSES}
 * passes, one lane, 128 bits of salt, 256 bits of hash. Hashes with other parameters, as other
 * programs or later versions write them, are checked too, up to bounds.
 *
 * <p>Each call takes some tenths of a second of a processor. Safe for use by any thread.
 */
public final class Argon2id {
  private static final int MEMORY = 32_768;
  private static final int PASSES = 3;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MOST_MEMORY = 4 * MEMORY;
  private static final int MOST_PASSES = 20;
  private static final int MOST_LANES = 8;

  /** Costs as much as a real one, and no password is known that fits it. */
  static final PasswordHash NOBODYS =
      phc(new Cost(MEMORY, PASSES, LANES), new byte[SALT_BYTES], new byte[HASH_BYTES]);

  private static final Pattern FORMAT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$((?:[A-Za-z0-9+/]{4}){2,21}[A-Za-z0-9+/]{2,3})"
              + "\\$((?:[A-Za-z0-9+/]{4}){5,21}[A-Za-z0-9+/]{2,3})");

  private final SecureRandom random;

  public Argon2id(SecureRandom random) {
    this.random = random;
  }

  /** Makes the hash of a password. */
  public PasswordHash hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    var cost = new Cost(MEMORY, PASSES, LANES);
    return phc(cost, salt, digest(password, salt, cost, HASH_BYTES));
  }

  /** Whether a password is the one of a hash; takes as long for a wrong one as for the right. */
  public boolean matches(String password, PasswordHash hash) {
    Matcher parts = FORMAT.matcher(hash.text());
    if (!parts.matches()) {
      return false;
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] wanted = Base64.getDecoder().decode(parts.group(5));
    return MessageDigest.isEqual(wanted, digest(password, salt, cost(parts), wanted.length));
  }

  /** What is wrong with a hash that somebody wrote down; empty when it can be checked against. */
  public static Optional<String> complaint(PasswordHash hash) {
    Matcher parts = FORMAT.matcher(hash.text());
    if (!parts.matches()) {
      return Optional.of("the password is no hash of argon2id");
    }
    var cost = cost(parts);
    boolean fits =
        cost.lanes() >= 1
            && cost.lanes() <= MOST_LANES
            && cost.passes() >= 1
            && cost.passes() <= MOST_PASSES
            && cost.memory() >= 8 * cost.lanes()
            && cost.memory() <= MOST_MEMORY;
    return fits
        ? Optional.empty()
        : Optional.of("the hash of the password has parameters that are not taken");
  }

  private record Cost(int memory, int passes, int lanes) {}

  private static Cost cost(Matcher parts) {
    return new Cost(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  private static byte[] digest(String password, byte[] salt, Cost cost, int length) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memory())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] digest = new byte[length];
    // The same letters typed on another keyboard are the same password.
    String same = Normalizer.normalize(password, Normalizer.Form.NFC);
    generator.generateBytes(same.getBytes(StandardCharsets.UTF_8), digest);
    return digest;
  }

  private static PasswordHash phc(Cost cost, byte[] salt, byte[] digest) {
    return new PasswordHash(
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(cost.memory(), cost.passes(), cost.lanes(), encoded(salt), encoded(digest)));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}

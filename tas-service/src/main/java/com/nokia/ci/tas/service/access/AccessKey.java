package com.nokia.ci.tas.service.access;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the service knows of one key: of one key file, or of one token of a person.
 *
 * @param id its name
 * @param kind what it is for
 * @param label what a person calls it; may be empty
 * @param proof by what it is known again
 * @param grant what its holder may do; of no meaning for a node
 * @param life from when to when it is good
 */
public record AccessKey(KeyId id, Kind kind, String label, Proof proof, Grant grant, Life life) {

  /** What a key is for. */
  public enum Kind {
    /** A node registers with it and runs tests. */
    NODE("node"),
    /** A client or a program of a person acts with it. */
    CLIENT("client");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The word in files and on command lines. */
    public String text() {
      return text;
    }

    /** Reads the word; empty when it is none of ours. */
    public static Optional<Kind> of(String word) {
      for (var kind : values()) {
        if (kind.text.equals(word)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * By what a key is known again; neither is a secret.
   *
   * @param tokenSha256 digest of its token
   * @param certificateSha256 digest of its certificate, if it has one
   */
  public record Proof(String tokenSha256, Optional<String> certificateSha256) {
    public Proof {
      Objects.requireNonNull(tokenSha256, "tokenSha256");
      Objects.requireNonNull(certificateSha256, "certificateSha256");
    }
  }

  /**
   * What the holder of a key may do.
   *
   * @param role empty: nothing beyond what its kind is for
   * @param project the role counts in this project alone; empty: on the whole farm
   * @param user whose key it is; it never allows more than that person may do
   */
  public record Grant(
      Optional<AccessRole> role, Optional<ProjectId> project, Optional<UserId> user) {

    /** Nothing. */
    public static final Grant NONE =
        new Grant(Optional.empty(), Optional.empty(), Optional.empty());

    public Grant {
      Objects.requireNonNull(role, "role");
      Objects.requireNonNull(project, "project");
      Objects.requireNonNull(user, "user");
    }

    /** The rights that this makes. */
    public Rights rights() {
      if (role.isEmpty()) {
        return Rights.NONE;
      }
      return project
          .map(it -> Rights.in(it, role.get()))
          .orElseGet(() -> Rights.onFarm(role.get()));
    }
  }

  /**
   * From when to when a key is good.
   *
   * @param made when it was made
   * @param expires the first moment at which it is not good any more
   * @param revoked when somebody took it back
   */
  public record Life(Instant made, Instant expires, Optional<Instant> revoked) {
    public Life {
      Objects.requireNonNull(made, "made");
      Objects.requireNonNull(expires, "expires");
      Objects.requireNonNull(revoked, "revoked");
    }

    /** Whether it is over. */
    public boolean hasExpired(Instant now) {
      return !now.isBefore(expires);
    }

    /** Whether the key is good now. */
    public boolean isGood(Instant now) {
      return revoked.isEmpty() && !hasExpired(now);
    }
  }

  public AccessKey {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(proof, "proof");
    Objects.requireNonNull(grant, "grant");
    Objects.requireNonNull(life, "life");
  }

  /** The same, taken back; when it was taken back before, nothing changes. */
  public AccessKey revokedAt(Instant now) {
    var revoked = new Life(life.made(), life.expires(), life.revoked().or(() -> Optional.of(now)));
    return new AccessKey(id, kind, label, proof, grant, revoked);
  }

  /** The same, good until then at the latest. */
  public AccessKey endingBy(Instant end) {
    Instant expires = life.expires().isBefore(end) ? life.expires() : end;
    return new AccessKey(
        id, kind, label, proof, grant, new Life(life.made(), expires, life.revoked()));
  }

  /** Whether this is its token; takes as long for every wrong one. */
  public boolean isTokenOf(Token token) {
    return isSame(proof.tokenSha256(), token.sha256());
  }

  /** Whether this is the digest of its certificate. */
  public boolean isCertificateOf(String sha256) {
    return proof.certificateSha256().filter(own -> isSame(own, sha256)).isPresent();
  }

  /** Who its holder is, as far as the key alone tells. */
  public Principal holder() {
    var as = kind == Kind.NODE ? Principal.Kind.NODE : Principal.Kind.CLIENT;
    return new Principal(as, shown(), Optional.of(id), grant.user(), grant.rights());
  }

  /** Its label for sentences, or else what it is. */
  public String shown() {
    return label.isBlank() ? kind.text() : label;
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }
}

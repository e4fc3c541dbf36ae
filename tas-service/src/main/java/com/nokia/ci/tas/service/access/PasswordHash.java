package com.nokia.ci.tas.service.access;

import java.util.Objects;

/**
 * What is kept of a password: enough to recognise it, by an effort that makes trying many of them
 * dear.
 *
 * @param text {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}, as other programs write it too
 */
public record PasswordHash(String text) {
  public PasswordHash {
    Objects.requireNonNull(text, "text");
  }

  /** Not the hash: whoever has it can try passwords at leisure. */
  @Override
  public String toString() {
    return "PasswordHash[***]";
  }
}

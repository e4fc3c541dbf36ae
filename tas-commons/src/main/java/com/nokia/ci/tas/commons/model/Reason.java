package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * Why something was refused or has failed, fit for a program and for a person.
 *
 * @param fault whose fault it is
 * @param code a short kebab-case word that never changes, such as {@code bad-test-id}
 * @param sentence one line that names the thing, the value and what to do
 */
public record Reason(Fault fault, String code, String sentence) {
  public Reason {
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(sentence, "sentence");
  }

  @Override
  public String toString() {
    return sentence;
  }
}

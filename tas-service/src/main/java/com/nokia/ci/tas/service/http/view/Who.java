package com.nokia.ci.tas.service.http.view;

import java.util.Objects;

/**
 * For whom a page is made.
 *
 * @param name of a person who has logged in; empty: of nobody in particular
 * @param formToken goes into each form of that person
 */
public record Who(String name, String formToken) {
  /** Somebody who has not logged in. */
  public static final Who NOBODY = new Who("", "");

  public Who {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(formToken, "formToken");
  }

  /** Whether it is a person who has logged in. */
  public boolean isSomebody() {
    return !name.isEmpty();
  }

  @Override
  public String toString() {
    return "Who[" + name + "]";
  }
}

package com.nokia.ci.tas.commons;

/** The guide's API as it was, for compiling against. */
public class Product {
  public enum Role {
    MAIN,
    REMOTE,
    REFERENCE
  }

  public void setRMCode(String rmCode) {}

  public void setRole(Role role) {}
}

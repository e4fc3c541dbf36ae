package com.nokia.ci.tas.commons;

import java.util.List;

/** The guide's API as it was, for compiling against. */
public class Test {
  public enum ProductReleasingMode {
    AUTOMATICALLY_RELEASE_RESERVED_PRODUCTS,
    MANUALLY_RELEASE_RESERVED_PRODUCTS
  }

  public enum Target {
    FLASH,
    NOSE
  }

  public enum Status {
    UNKNOWN,
    PENDING,
    STARTED,
    STOPPED,
    FINISHED,
    FAILED
  }

  public Test(String id, ProductReleasingMode mode, Target target) {}

  public String getId() {
    return "";
  }

  public Status getStatus() {
    return Status.UNKNOWN;
  }

  public List<Product> getRequiredProducts() {
    return List.of();
  }

  public void addRequiredProduct(Product product) {}

  public void addArtifact(String artifact) {}

  public void setWorkspacePath(String path) {}

  public void setTimeout(long timeout) {}

  public void setProductDisconnectionTimeout(long timeout) {}

  public void setExecutorApplication(String application) {}

  public void setExecutorScript(String script) {}

  public void setResultsFilename(String name) {}
}

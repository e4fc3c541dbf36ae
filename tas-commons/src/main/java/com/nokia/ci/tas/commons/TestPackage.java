package com.nokia.ci.tas.commons;

import com.nokia.ci.tas.commons.xml.TestXml;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A part of a test that may run on products of its own, beside the other parts (published API).
 *
 * <p>Mutable and not thread-safe. Texts that are null are taken as empty.
 */
public class TestPackage {
  public static final String XML_ELEMENT_TEST_PACKAGE = "test-package";
  public static final String XML_ELEMENT_TEST_PACKAGE_ID = "id";
  public static final String XML_ELEMENT_TEST_PACKAGE_REQUIRED_ENVIRONMENT = "required-environment";
  public static final String XML_ELEMENT_TEST_PACKAGE_FILES = "files";
  public static final String XML_ELEMENT_TEST_PACKAGE_FILE = "file";

  private String id;
  private final List<String> files = new ArrayList<>();
  private String requiredEnvironment = "";

  public TestPackage(String id) {
    this.id = Objects.requireNonNullElse(id, "");
  }

  /**
   * A package with its files.
   *
   * @param id name of the package
   * @param files names of further artifacts; null: none
   * @param requiredEnvironment required-products expression; empty: that of the test
   */
  @SuppressWarnings("this-escape")
  public TestPackage(String id, List<String> files, String requiredEnvironment) {
    this(id);
    setFiles(files);
    setRequiredEnvironment(requiredEnvironment);
  }

  TestPackage(TestPackage other) {
    this(other.id);
    files.addAll(other.files);
    requiredEnvironment = other.requiredEnvironment;
  }

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = Objects.requireNonNullElse(id, "");
  }

  /** The files of this package; changes to the list are changes to the package. */
  public List<String> getFiles() {
    return files;
  }

  /** Replaces the files; null removes all. */
  public void setFiles(List<String> files) {
    List<String> wanted = files == null ? List.of() : new ArrayList<>(files);
    this.files.clear();
    wanted.forEach(this::addFile);
  }

  /** Adds a file unless its name is empty or there already. */
  public void addFile(String file) {
    if (file != null && !file.isEmpty() && !files.contains(file)) {
      files.add(file);
    }
  }

  public String getRequiredEnvironment() {
    return requiredEnvironment;
  }

  public void setRequiredEnvironment(String requiredEnvironment) {
    this.requiredEnvironment = Objects.requireNonNullElse(requiredEnvironment, "");
  }

  /** The package as its block of a message, one element a line. */
  public String toXML() {
    return toXML("");
  }

  /** The same, each line preceded by the indent. */
  public String toXML(String indent) {
    return TestXml.fragment(Published.description(this), indent);
  }

  @Override
  public String toString() {
    return id + " " + files;
  }
}

package com.nokia.ci.tas.commons.xml;

import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestPackageDescription;

/** A test description as a document or an XML block (guide, "Test"). Stateless. */
public final class TestXml {
  private TestXml() {}

  /**
   * Reads a document whose root is {@code test}.
   *
   * @throws ProtocolException with a sentence that says what is wrong and in which line
   */
  public static TestDescription read(byte[] document) {
    return TestReading.description(XmlBinding.read(document, Block.TEST_DOCUMENT, TestBean::new));
  }

  /**
   * The {@code test} block, one element a line, each line ended by a line feed.
   *
   * @param indent what each line begins with
   */
  public static String fragment(TestDescription test, String indent) {
    return TestWriting.test(new Lines(Dialect.ESCAPED, indent), test).toString();
  }

  /** The {@code test-package} block, likewise. */
  public static String fragment(TestPackageDescription part, String indent) {
    return TestWriting.testPackage(new Lines(Dialect.ESCAPED, indent), part).toString();
  }
}

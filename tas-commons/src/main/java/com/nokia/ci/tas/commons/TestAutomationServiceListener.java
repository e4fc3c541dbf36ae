package com.nokia.ci.tas.commons;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * What an issuer of tests is told, and asked for, while its tests are executed (guide, "Issuing
 * tests through the Test Automation Client").
 *
 * <p>A client never calls one listener from two threads at once, and for each test in the order in
 * which things happened; tests that must not wait for each other's calls get listeners of their
 * own. No call is made while the client holds a lock, so each of them may call the client. An
 * exception thrown by one of them is logged and changes nothing for the test.
 */
public interface TestAutomationServiceListener {

  /**
   * The executor of a test was started on a node. A test that is split or tried again is started
   * more than once.
   *
   * @param test a copy with its sub-id, start time and reserved products
   */
  void testStarted(Test test);

  /**
   * A test was executed and its results are in the workspace of the issuer. Whether what it tested
   * is good is for the results to say. Nothing more is told of this test.
   *
   * @param test a copy with its reserved products
   */
  void testFinished(Test test);

  /**
   * A test was refused, was stopped or has failed. Nothing more is told of this test.
   *
   * @param test a copy with its last known state
   * @param reason a sentence for a person
   */
  void testFailed(Test test, String reason);

  /**
   * Somebody has something to say about a test: its executor's output, or a notice of the service.
   *
   * @param test a copy
   * @param message one or more lines, without a final line feed
   */
  void messageFromTestAutomationService(Test test, String message);

  /**
   * A node needs an artifact. Asked before the file in the workspace is looked for.
   *
   * @param directoryPath the workspace path of the test
   * @param fileName a plain file name, one of the artifacts of the test
   * @return a stream that the client reads to its end and closes, or null to let the client read
   *     the file in that directory
   */
  InputStream readFile(String directoryPath, String fileName);

  /**
   * A file arrived from a node, usually the results. Asked before a file in the workspace is
   * created.
   *
   * @param directoryPath the workspace path of the test
   * @param fileName a plain file name
   * @return a stream that the client writes to and closes, or null to let the client create or
   *     replace the file in that directory
   */
  OutputStream createFile(String directoryPath, String fileName);
}

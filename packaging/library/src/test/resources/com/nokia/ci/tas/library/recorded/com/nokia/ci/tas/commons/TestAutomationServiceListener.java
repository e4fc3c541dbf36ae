package com.nokia.ci.tas.commons;

import java.io.InputStream;
import java.io.OutputStream;

/** The guide's API as it was, for compiling against. */
public interface TestAutomationServiceListener {
  void testStarted(Test test);

  void testFinished(Test test);

  void testFailed(Test test, String reason);

  void messageFromTestAutomationService(Test test, String message);

  InputStream readFile(String directoryPath, String fileName);

  OutputStream createFile(String directoryPath, String fileName);
}

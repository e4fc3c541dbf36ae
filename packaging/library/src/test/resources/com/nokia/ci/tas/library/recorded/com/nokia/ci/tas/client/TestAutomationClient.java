package com.nokia.ci.tas.client;

import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.TestAutomationServiceListener;
import java.io.PrintStream;

/** The guide's API as it was, for compiling against. */
public class TestAutomationClient extends Thread {
  public TestAutomationClient(PrintStream output) {}

  public void startTest(
      Test test, String hostname, int port, TestAutomationServiceListener listener) {}

  public void stopTest(
      Test test, String hostname, int port, TestAutomationServiceListener listener) {}
}

package com.nokia.ci.tas.client;

import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.TestAutomationServiceListener;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps the calls in order, and the test of the last one. */
class RecordingListener implements TestAutomationServiceListener {
  private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  volatile Test last = new Test("");

  /** The next call in one line. */
  String next() throws InterruptedException {
    String call = calls.poll(60, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("the listener was not called");
    }
    return call;
  }

  boolean hasNothingMore() {
    return calls.isEmpty();
  }

  @Override
  public void testStarted(Test test) {
    last = test;
    calls.add("started " + test.getRuntimeId());
  }

  @Override
  public void testFinished(Test test) {
    last = test;
    calls.add("finished " + test.getRuntimeId());
  }

  @Override
  public void testFailed(Test test, String reason) {
    last = test;
    calls.add("failed " + test.getRuntimeId() + ": " + reason);
  }

  @Override
  public void messageFromTestAutomationService(Test test, String message) {
    last = test;
    calls.add("message " + test.getRuntimeId() + ": " + message);
  }

  @Override
  public InputStream readFile(String directoryPath, String fileName) {
    calls.add("readFile " + fileName);
    return null;
  }

  @Override
  public OutputStream createFile(String directoryPath, String fileName) {
    calls.add("createFile " + fileName);
    return null;
  }
}

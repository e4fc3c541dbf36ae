package com.nokia.ci.tas.communicator.execution;

/** The same of executors that begin as shells which waited for them. */
final class ReadyLauncherTest extends ExecutorLauncherTest {
  @Override
  void prepare(ExecutorLauncher made) {
    made.keepShellsWaiting();
  }
}

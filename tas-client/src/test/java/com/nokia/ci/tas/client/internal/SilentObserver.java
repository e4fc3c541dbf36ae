package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Test;

/** One to whom nothing that is told matters. */
class SilentObserver implements TestObserver {
  @Override
  public void started(Test started) {}

  @Override
  public void said(Test about, String text) {}

  @Override
  public void ended(Test about, Ending outcome) {}
}

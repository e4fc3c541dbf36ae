package com.nokia.ci.tas.commons.session;

/** Whoever does something with each frame of an open stream. */
public interface StreamHandler {

  void on(Frame.Accept frame);

  void on(Frame.Credit frame);

  void on(Frame.End frame);

  void on(Frame.Done frame);

  void on(Frame.Reset frame);
}

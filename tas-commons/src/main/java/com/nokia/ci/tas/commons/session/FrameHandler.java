package com.nokia.ci.tas.commons.session;

/** Whoever does something with each frame of one connection. */
public interface FrameHandler {

  void on(Frame.Welcome frame);

  void on(Frame.Refused frame);

  void on(Frame.Beat frame);

  void on(Frame.Bye frame);

  void on(Frame.Message frame);

  void on(Frame.Ack frame);

  void on(Frame.Refusal frame);

  void on(Frame.Open frame);

  /** What is said of a file whose stream is open: one for whom it is in {@link StreamHandler}. */
  void on(Frame.OfStream frame);
}

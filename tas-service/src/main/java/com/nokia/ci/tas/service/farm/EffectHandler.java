package com.nokia.ci.tas.service.farm;

/**
 * What is done about each kind of effect: {@link Effect#giveTo} finds the method, so that a kind
 * that is added cannot be forgotten.
 */
public interface EffectHandler {
  void on(Effect.StartRun effect);

  void on(Effect.StopRun effect);

  void on(Effect.DivideTest effect);

  void on(Effect.BindRun effect);

  void on(Effect.TellProduct effect);

  void on(Effect.RecallPeers effect);

  void on(Effect.ProbeNode effect);

  void on(Effect.EndSession effect);

  void on(Effect.ProbeClient effect);

  void on(Effect.TellClient effect);

  void on(Effect.Notice effect);

  void on(Effect.RecordEnded effect);

  void on(Effect.RunMoved effect);

  void on(Effect.Remark effect);

  void on(Effect.RuleFailed effect);
}

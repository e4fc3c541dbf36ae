package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.service.farm.Effect;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The one place where the farm's doings reach the log. */
final class FarmLog {
  private static final Logger LOG = LoggerFactory.getLogger(FarmLog.class);

  private final LongAdder undelivered = new LongAdder();

  void runMoved(Effect.RunMoved moved) {
    var line =
        LOG.atInfo()
            .addKeyValue("test", SafeName.shown(moved.test().text()))
            .addKeyValue("attempt", moved.attempt());
    if (moved.node().isPresent()) {
      line = line.addKeyValue("node", moved.node().get());
    }
    line = line.addKeyValue("from", moved.from()).addKeyValue("to", moved.to());
    if (moved.why().isEmpty()) {
      line.log("test moved on");
    } else {
      line.log("test moved on: {}", SafeName.shown(moved.why()));
    }
  }

  void remark(Effect.Remark remark) {
    Level level =
        switch (remark.severity()) {
          case INFO -> Level.INFO;
          case WARN -> Level.WARN;
        };
    LOG.atLevel(level).log(remark.sentence());
  }

  void ruleFailed(Effect.RuleFailed failure) {
    LOG.atError()
        .setCause(failure.cause())
        .log("the farm could not do {}; please report this", SafeName.shown(failure.what()));
  }

  /** Nobody is there to be told; who comes back is told what it has to know. */
  void kept(Endpoint to, Message message) {
    LOG.atDebug()
        .addKeyValue("to", to)
        .log("{} not sent, its session is over", message.getClass().getSimpleName());
  }

  /** How many messages could not be delivered. */
  long undelivered() {
    return undelivered.sum();
  }

  void undelivered(Endpoint to, Message message, TasException cause, boolean first) {
    undelivered.increment();
    LOG.atLevel(first ? Level.WARN : Level.DEBUG)
        .addKeyValue("to", to)
        .addKeyValue("error", cause.getMessage())
        .log("{} not delivered", message.getClass().getSimpleName());
  }
}

package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TestOperation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One way of telling a service the {@link ServiceNews}, whose monitor is held by whoever calls.
 * Nothing blocks.
 */
interface ServiceWay {
  /** Tells something that is told anew when this way ends and another one begins. */
  void tell(Message message);

  /** Tells a report, and says to the news when it was delivered. */
  void report(TestOperation report);

  /**
   * Says good-bye behind everything that was told.
   *
   * @return whether all of it was taken in time
   */
  CompletableFuture<Boolean> farewell(Message goodBye, Duration limit);

  /** Tells nothing more. */
  void close();
}

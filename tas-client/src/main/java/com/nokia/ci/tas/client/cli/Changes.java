package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.http.FarmEvents;
import com.nokia.ci.tas.commons.model.Endpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One sign for all that has happened on a farm since somebody looked. */
final class Changes implements FarmEvents.Listener {
  private final BlockingQueue<Boolean> sign = new ArrayBlockingQueue<>(1);
  private volatile Optional<CommandRefusal> over = Optional.empty();

  @Override
  public void on(Endpoint service, String event, String data) {
    sign.offer(true);
  }

  @Override
  public void over(Endpoint service, int status, String sentence) {
    over =
        Optional.of(
            new CommandRefusal(status == 0 ? ExitCode.INFRASTRUCTURE : ExitCode.REFUSED, sentence));
    sign.offer(true);
  }

  /**
   * Waits until something has happened, or that long.
   *
   * @throws CommandRefusal when the service tells nothing more
   */
  void await(Duration longest) throws InterruptedException {
    var unused = sign.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
    if (over.isPresent()) {
      throw over.get();
    }
  }
}

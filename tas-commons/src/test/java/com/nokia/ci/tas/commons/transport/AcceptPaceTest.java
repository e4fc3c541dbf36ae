package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptPaceTest {
  private final AcceptPace pace = new AcceptPace();
  private final EmbeddedChannel port = new EmbeddedChannel(pace);
  private final List<Channel> accepted = new ArrayList<>();

  @AfterEach
  void end() {
    accepted.forEach(Channel::close);
    port.finishAndReleaseAll();
  }

  @Test
  void aPortAcceptsNoMoreThanItCountsInTime() {
    accept(AcceptPace.MOST - 1);
    assertTrue(isAccepting());

    accept(1);
    assertFalse(isAccepting());

    accepted.subList(0, AcceptPace.MOST / 2).forEach(pace::counted);
    assertTrue(isAccepting());
  }

  @Test
  void whatIsCountedAtOnceHoldsNothingUp() {
    for (int i = 0; i < 2 * AcceptPace.MOST; i++) {
      accept(1);
      pace.counted(accepted.get(i));
    }

    assertTrue(isAccepting());
  }

  @Test
  void whatIsClosedBeforeItWasCountedIsWaitedForNoLonger() {
    accept(AcceptPace.MOST);

    accepted.forEach(Channel::close);

    assertTrue(isAccepting());
  }

  @Test
  void whatMakesRoomIsClosed() {
    accept(1);
    pace.counted(accepted.get(0));

    pace.close(accepted.get(0));

    assertFalse(accepted.get(0).isOpen());
  }

  private void accept(int count) {
    for (int i = 0; i < count; i++) {
      var connection = new EmbeddedChannel(port, DefaultChannelId.newInstance(), true, false);
      accepted.add(connection);
      port.writeInbound(connection);
    }
  }

  private boolean isAccepting() {
    port.runPendingTasks();
    return port.config().isAutoRead();
  }
}

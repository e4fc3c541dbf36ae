package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConnectionTableTest {
  private static final InetAddress NODE_1 = address(1);
  private static final InetAddress NODE_2 = address(2);
  private static final InetAddress NODE_3 = address(3);

  private final ConnectionTable<String> table =
      new ConnectionTable<>(Caps.DEFAULT.withConnectionsPerAddress(2).withConnections(3));

  @Test
  void aFullAddressLosesItsOldestConnectionAndNeverTheNewOne() {
    table.add("first", NODE_1);
    table.add("second", NODE_1);

    assertEquals(Optional.of("first"), table.add("third", NODE_1));
    assertEquals(2, table.size());
  }

  @Test
  void whoSpokeLastIsKept() {
    table.add("first", NODE_1);
    table.add("second", NODE_1);

    table.touch("first");

    assertEquals(Optional.of("second"), table.add("third", NODE_1));
  }

  @Test
  void aFullTableLosesTheLeastRecentlyActiveOfAllAddresses() {
    table.add("first", NODE_1);
    table.add("second", NODE_2);
    table.add("third", NODE_2);
    table.touch("first");

    assertEquals(Optional.of("second"), table.add("fourth", NODE_3));
  }

  @Test
  void aClosedConnectionMakesRoom() {
    table.add("first", NODE_1);
    table.add("second", NODE_1);

    table.remove("first");
    table.remove("first");

    assertEquals(Optional.empty(), table.add("third", NODE_1));
    assertEquals(2, table.size());
  }

  @Test
  void oneAddressDoesNotTakeTheRoomOfAnother() {
    table.add("first", NODE_1);
    table.add("second", NODE_1);

    assertEquals(Optional.empty(), table.add("third", NODE_2));
  }

  @Test
  void whatWasDroppedIsNotCountedAgain() {
    table.add("first", NODE_1);
    table.add("second", NODE_1);
    table.add("third", NODE_1);

    table.touch("first");
    table.remove("first");

    assertEquals(2, table.size());
  }

  @Test
  void aConnectionWithASessionMakesRoomOnlyWhereNoneWithoutOneIsLeft() {
    table.add("session", NODE_1);
    table.settle("session");
    table.add("b", NODE_1);
    table.touch("b");

    assertEquals(Optional.of("b"), table.add("c", NODE_1));
    table.settle("c");
    assertEquals(Optional.of("session"), table.add("d", NODE_1));
    assertEquals(2, table.size());
  }

  @Test
  void oneThatIsGoneIsNotSettled() {
    table.add("a", NODE_1);
    table.remove("a");
    table.settle("a");

    assertEquals(0, table.size());
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}

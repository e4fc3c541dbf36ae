package com.nokia.ci.tas.service.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.store.Checkpoint;
import com.nokia.ci.tas.service.store.StoreException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An image is kept when enough has happened since the last, and more has to where it is large. */
final class CheckpointsTest {
  private static final FarmSnapshot FARM =
      new Farm(FarmSettings.defaults(new Endpoint("service.test", 31_415))).snapshot();

  private final RecallingStore store = new RecallingStore();

  @Test
  void fiftyThousandEventsMakeAnImageOfASmallFarm() {
    var checkpoints = new Checkpoints(store, 0, CheckpointsTest::fail);
    checkpoints.grown(49_999, 1, FARM);
    checkpoints.grown(1, 2, FARM);
    checkpoints.grown(1, 3, FARM);
    checkpoints.end();

    assertEquals(Optional.of(2L), store.checkpoint().map(Checkpoint::batch));
  }

  @Test
  void anImageOfManyWaitingTestsTakesAsManyEvents() {
    var checkpoints = new Checkpoints(store, 0, CheckpointsTest::fail);
    checkpoints.grown(119_999, 1, waiting(120_000));
    checkpoints.grown(1, 2, waiting(120_000));
    checkpoints.end();

    assertEquals(Optional.of(2L), store.checkpoint().map(Checkpoint::batch));
  }

  private static void fail(StoreException cause) {
    throw cause;
  }

  private static FarmSnapshot waiting(int count) {
    return (FarmSnapshot)
        Proxy.newProxyInstance(
            FarmSnapshot.class.getClassLoader(),
            new Class<?>[] {FarmSnapshot.class},
            (proxy, method, arguments) ->
                method.getName().equals("waitingCount") ? count : FARM.image());
  }
}

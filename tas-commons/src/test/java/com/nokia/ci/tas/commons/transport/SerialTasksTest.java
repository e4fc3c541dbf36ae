package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SerialTasksTest {
  private final Queue<Runnable> pool = new ArrayDeque<>();
  private final List<String> ran = new ArrayList<>();
  private boolean isShutDown;
  private final SerialTasks tasks =
      new SerialTasks(
          task -> {
            if (isShutDown) {
              throw new RejectedExecutionException("the pool is shut down");
            }
            pool.add(task);
          });

  @Test
  void tasksTakeTurnsWithOtherUsersOfThePool() {
    tasks.execute(() -> ran.add("first"));
    tasks.execute(() -> ran.add("second"));
    pool.add(() -> ran.add("of another"));

    while (!pool.isEmpty()) {
      pool.remove().run();
    }

    assertEquals(List.of("first", "of another", "second"), ran);
  }

  @Test
  void shortTasksTakeTurnsAFewTogether() {
    var together = new SerialTasks(pool::add, 2);
    together.execute(() -> ran.add("first"));
    together.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    together.execute(() -> ran.add("third"));
    together.execute(() -> ran.add("fourth"));
    together.execute(() -> ran.add("fifth"));
    pool.add(() -> ran.add("of another"));

    assertThrows(IllegalStateException.class, () -> pool.remove().run());
    while (!pool.isEmpty()) {
      pool.remove().run();
    }

    assertEquals(List.of("first", "of another", "third", "fourth", "fifth"), ran);
  }

  @Test
  void whatWaitsWhenThePoolIsShutDownIsRunByTheThreadThatRanTheTaskBefore() {
    tasks.execute(() -> ran.add("first"));
    tasks.execute(() -> ran.add("second"));
    tasks.execute(() -> ran.add("third"));
    isShutDown = true;

    pool.remove().run();

    assertEquals(List.of("first", "second", "third"), ran);
  }

  @Test
  void whatComesWhenThePoolIsShutDownIsRunByWhoeverBringsIt() {
    isShutDown = true;

    tasks.execute(() -> ran.add("first"));
    tasks.execute(() -> ran.add("second"));

    assertEquals(List.of("first", "second"), ran);
  }

  @Test
  void taskWhoseNetworkHasEndedHoldsUpNoOther() {
    tasks.execute(
        () -> {
          throw new RejectedExecutionException("event executor terminated");
        });
    tasks.execute(() -> ran.add("second"));
    isShutDown = true;

    pool.remove().run();

    assertEquals(List.of("second"), ran);
  }

  @Test
  void brokenTaskHoldsUpNoOtherAndIsHeardOf() {
    tasks.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    tasks.execute(() -> ran.add("second"));

    assertThrows(IllegalStateException.class, () -> pool.remove().run());
    pool.remove().run();

    assertEquals(List.of("second"), ran);
  }
}

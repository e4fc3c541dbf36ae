package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_2;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.prior;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Those who have tests waiting take turns, if the farm is set so. */
final class FairShareTest {
  private final Stage stage = new Stage(SETTINGS.sharingFairly(true));

  @Test
  void whoHasManyTestsDoesNotHoldUpWhoHasOne() {
    stage.join(NODE_1, phone(1, "RM-1"));
    for (String id : List.of("a1", "a2", "a3", "a4")) {
      stage.submit(CLIENT_1, flash(id), kind("RM-1"));
    }
    stage.submit(CLIENT_2, flash("b1"), kind("RM-1"));
    stage.submit(CLIENT_2, flash("b2"), kind("RM-1"));

    assertEquals(List.of("b1", "a2", "b2", "a3", "a4"), served("a1", 5));
  }

  @Test
  void withoutItTheOldestComesFirst() {
    stage.apply(new Event.SettingsChanged(stage.now, SETTINGS));
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a1"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("a2"), kind("RM-1"));
    stage.submit(CLIENT_2, flash("b1"), kind("RM-1"));

    assertEquals(List.of("a2", "b1"), served("a1", 2));
  }

  @Test
  void nobodySavesUpTurnsWhileNotWaiting() {
    stage.join(NODE_1, phone(1, "RM-1"));
    for (String id : List.of("a1", "a2", "a3", "a4", "a5")) {
      stage.submit(CLIENT_1, flash(id), kind("RM-1"));
    }
    assertEquals(List.of("a2", "a3"), served("a1", 2));

    for (String id : List.of("b1", "b2", "b3")) {
      stage.submit(CLIENT_2, flash(id), kind("RM-1"));
    }

    assertEquals(List.of("b1", "a4", "b2", "a5", "b3"), served("a3", 5));
  }

  @Test
  void aPersonIsOneIssuerOnWhateverMachine() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, of("a1", "kim"), kind("RM-1"));
    stage.submit(CLIENT_2, of("a2", "kim"), kind("RM-1"));
    stage.submit(CLIENT_2, of("b1", "lee"), kind("RM-1"));

    assertEquals(List.of("b1", "a2"), served("a1", 2));
  }

  @Test
  void aMachineIsOneIssuerOnWhateverPort() {
    stage.join(NODE_1, phone(1, "RM-1"));
    var elsewhere = new ClientId(new Endpoint("CLIENT1.test", 7));
    stage.submit(CLIENT_1, flash("a1"), kind("RM-1"));
    stage.submit(elsewhere, flash("a2"), kind("RM-1"));
    stage.submit(CLIENT_2, flash("b1"), kind("RM-1"));

    assertEquals(List.of("b1", "a2"), served("a1", 2));
  }

  @Test
  void priorityComesBeforeTurns() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a1"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("a2"), kind("RM-1"));
    stage.submit(CLIENT_2, flash("b1"), kind("RM-1"));
    stage.submit(CLIENT_1, prior("a3", 1), kind("RM-1"));

    assertEquals(List.of("a3", "b1", "a2"), served("a1", 3));
  }

  @Test
  void anUrgentTestOfSomebodyWithManyDoesNotPutNewcomersBehindTheOthers() {
    stage.join(NODE_1, phone(1, "RM-1"));
    for (String id : List.of("a1", "a2", "a3", "a4")) {
      stage.submit(CLIENT_1, flash(id), kind("RM-1"));
    }
    stage.submit(CLIENT_1, prior("urgent", 1), kind("RM-1"));
    assertEquals(List.of("urgent"), served("a1", 1));

    stage.submit(CLIENT_2, flash("b1"), kind("RM-1"));

    assertEquals(List.of("a2", "b1", "a3", "a4"), served("urgent", 4));
  }

  @Test
  void turnsOutliveARestart() {
    stage.join(NODE_1, phone(1, "RM-1"));
    for (String id : List.of("a1", "a2", "a3")) {
      stage.submit(CLIENT_1, flash(id), kind("RM-1"));
    }
    var restored = Farm.restored(stage.farm.snapshot().image());

    for (var farm : List.of(stage.farm, restored)) {
      farm.apply(new Event.TestSubmitted(stage.now, CLIENT_1, flash("a4"), kind("RM-1")));
      farm.apply(new Event.TestSubmitted(stage.now, CLIENT_2, flash("b1"), kind("RM-1")));
      assertEquals(
          List.of("b1", "a2", "a3", "a4"),
          farm.snapshot().waiting(0, 9).stream().map(it -> it.test().id().text()).toList());
    }
    assertEquals(stage.farm.snapshot().image().laps(), restored.snapshot().image().laps());
  }

  @Test
  void issuersThatNeedNotBeToldApartAnyMoreAreForgotten() {
    var laps = Laps.NONE;
    for (int i = 0; i < 30_000; i++) {
      laps = laps.with("host " + i, laps.next("host " + i));
    }

    assertEquals(10_000, laps.last().size());
    assertEquals(1, laps.next("host 29999"));
    assertEquals(0, laps.begun(5).last().size());
    assertEquals(5, laps.begun(5).next("host 29999"));
  }

  private static TestDescription of(String id, String person) {
    return flash(id)
        .with(new TestOrigin("", "", Optional.empty(), Optional.of(new UserId(person))));
  }

  /** Which tests are started one after the other, each when the one before ends. */
  private List<String> served(String running, int count) {
    var order = new ArrayList<String>();
    String last = running;
    for (int i = 0; i < count; i++) {
      stage.report(NODE_1, last, 1, FINISHED);
      last = stage.wanted(Effect.StartRun.class).get(0).test().id().text();
      order.add(last);
    }
    return order;
  }
}

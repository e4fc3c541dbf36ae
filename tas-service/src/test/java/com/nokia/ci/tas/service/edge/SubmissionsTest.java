package com.nokia.ci.tas.service.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.Project;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Wanted;
import com.nokia.ci.tas.service.settings.NetworkList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a test gets from its project, and who may submit to one. */
final class SubmissionsTest {
  private static final ProjectId RADIO = new ProjectId("radio");
  private static final Endpoint CLIENT = new Endpoint("ci.example", 20_000);
  private static final UserId ANNA = new UserId("anna");

  private final List<Event> events = new ArrayList<>();
  private final Bench bench =
      new Bench(new FakeTransport(), events::add, () -> NetworkList.parse(""));
  private final Incoming edge = bench.incoming(events::add);

  @Test
  void aTestGetsTheVariablesOfItsProjectAndItsOwnWin() {
    var test = submitted(holder(Rights.in(RADIO, AccessRole.SUBMIT)), Optional.of(RADIO));

    assertEquals(
        Map.of("BAND", "1800", "DOOR_KEY", "s3cr3t", "LANGUAGE", "fi"),
        test.test().execution().parameters());
    assertEquals(Set.of("DOOR_KEY"), test.test().execution().secretParameters());
    assertEquals(Optional.of(ANNA), test.test().origin().owner());
    assertTrue(test.wanted() instanceof Wanted.Understood);
  }

  @Test
  void aTestOfNoProjectGetsNothing() {
    var test = submitted(holder(Rights.onFarm(AccessRole.SUBMIT)), Optional.empty());

    assertEquals(Map.of("BAND", "1800"), test.test().execution().parameters());
    assertEquals(Optional.of(ANNA), test.test().origin().owner());
  }

  @Test
  void submittingToAProjectTakesTheRightThere() {
    var other = holder(Rights.in(new ProjectId("wlan"), AccessRole.SUBMIT));

    assertThrows(ProtocolException.class, () -> submitted(other, Optional.of(RADIO)));

    assertEquals(List.of(), events.stream().filter(Event.TestSubmitted.class::isInstance).toList());
    assertTrue(bench.audited.get(0).contains("refused"), bench.audited.toString());
  }

  @Test
  void somebodyUnknownGetsNoVariables() {
    var test = submitted(Principal.LOCAL, Optional.of(RADIO));

    assertEquals(Map.of("BAND", "1800"), test.test().execution().parameters());
    assertEquals("project-needs-key", refusal(test));
    assertEquals(List.of(), bench.audited, "strangers are not written down");
  }

  @Test
  void aProjectThatIsNotThereIsSaidSo() {
    var nowhere = new ProjectId("nowhere");

    assertEquals(
        "no-such-project",
        refusal(submitted(holder(Rights.onFarm(AccessRole.SUBMIT)), Optional.of(nowhere))));
  }

  @Test
  void moreSecretsThanCanBeMaskedAreRefused() {
    bench.book =
        bench.book.with(
            Project.of(RADIO, "").with("A", new Project.Variable("x".repeat(70_000), true)));
    var operation = start(Optional.of(RADIO));
    var who = holder(Rights.onFarm(AccessRole.SUBMIT));
    edge.onMessage(operation, bench.opens(CLIENT, who, "10.1.1.2"));

    assertEquals("secrets-too-long", refusal((Event.TestSubmitted) events.get(events.size() - 1)));
  }

  private Event.TestSubmitted submitted(Principal who, Optional<ProjectId> project) {
    bench.book =
        bench.book.with(
            Project.of(RADIO, "")
                .with("BAND", new Project.Variable("900", false))
                .with("LANGUAGE", new Project.Variable("fi", false))
                .with("DOOR_KEY", new Project.Variable("s3cr3t", true)));
    edge.onMessage(start(project), bench.opens(CLIENT, who, "10.1.1.2"));
    return (Event.TestSubmitted) events.get(events.size() - 1);
  }

  private static TestOperation start(Optional<ProjectId> project) {
    var test =
        TestDescription.named(RuntimeId.of("nightly"))
            .with(new TestOrigin("", "", project))
            .with(TestExecution.NOTHING.with(Map.of("BAND", "1800"), Set.of()));
    return new TestOperation(CLIENT, Bench.SERVICE, TestOperation.Kind.START, test);
  }

  private static String refusal(Event.TestSubmitted test) {
    return test.wanted() instanceof Wanted.Misunderstood no ? no.reason().code() : "none";
  }

  private static Principal holder(Rights rights) {
    return new Principal(
        Principal.Kind.CLIENT,
        "nightly",
        Optional.of(new KeyId("0a1b2c3d")),
        Optional.of(ANNA),
        rights);
  }
}

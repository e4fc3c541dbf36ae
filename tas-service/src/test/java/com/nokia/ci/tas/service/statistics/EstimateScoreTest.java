package com.nokia.ci.tas.service.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the farm's estimates are as good as they say. */
final class EstimateScoreTest {
  private static final Instant T0 = Instant.parse("2026-11-20T08:00:00Z");
  private static final Duration USUAL = Duration.ofMinutes(10);
  private static final NodeDescription NODE =
      new NodeDescription(new Endpoint("node.example", 27_182), "", "1");
  private static final ClientId CLIENT = new ClientId(new Endpoint("ci.example", 20_000));
  private static final ProductDescription PRODUCT =
      ProductDescription.of(Map.of("imei", "350000000000001", "rm-code", "RM-1"));

  private final Farm farm = new Farm(FarmSettings.defaults(new Endpoint("farm.example", 31_415)));
  private final EstimateScore score = new EstimateScore(farm::snapshot);
  private Instant now = T0;

  @BeforeEach
  void learn() {
    farm.apply(new Event.NodeRegistered(now, NODE));
    farm.apply(new Event.ProductReported(now, NODE.endpoint(), Event.Report.PLUGGED, PRODUCT));
    for (int i = 0; i < 8; i++) {
      submit("run_" + i);
      pass(USUAL);
      finish("run_" + i);
    }
  }

  @AfterEach
  void close() {
    score.close();
  }

  @Test
  void aStartWithinTheErrorIsKept() {
    submit("run_8");
    submit("asked");
    score.look();
    pass(USUAL);
    finish("run_8");
    score.look();

    assertEquals("1 of 1", figure());
  }

  @Test
  void aStartOutsideTheErrorIsNotKept() {
    submit("run_8");
    submit("asked");
    score.look();
    pass(USUAL.multipliedBy(6));
    finish("run_8");
    score.look();

    assertEquals("0 of 1", figure());
  }

  @Test
  void aTestThatEndedMeanwhileIsComparedAllTheSame() {
    submit("run_8");
    submit("asked");
    score.look();
    pass(USUAL);
    finish("run_8");
    pass(Duration.ofSeconds(2));
    finish("asked");
    score.look();
    score.look();

    assertEquals("1 of 1", figure());
  }

  @Test
  void aTestThatWasStoppedBeforeItStartedIsNotCompared() {
    submit("run_8");
    submit("asked");
    score.look();
    farm.apply(new Event.StopRequested(now, CLIENT.endpoint(), RuntimeId.of("asked"), ""));
    score.look();

    assertEquals("0 of 0", figure());
  }

  private String figure() {
    return score.kept() + " of " + score.checked();
  }

  private void submit(String id) {
    var test =
        new TestDescription(
                RuntimeId.of(id),
                TestDescription.named(RuntimeId.of(id)).origin(),
                TestDemand.NOTHING,
                new TestExecution("python3", "", List.of(), Map.of(), List.of(), ""),
                TestProgress.NONE,
                List.of())
            .with(TestProgress.NONE.within(Duration.ofHours(5)));
    var wanted =
        new Wanted.Understood(
            new Requirement(List.of(ProductDemand.of(Map.of("rm-code", "RM-1")))));
    farm.apply(new Event.TestSubmitted(now, CLIENT, test, wanted));
  }

  private void finish(String id) {
    farm.apply(
        new Event.RunReported(
            now, NODE.id(), RuntimeId.of(id), 1, TestStatus.FINISHED, "", Optional.empty()));
  }

  private void pass(Duration duration) {
    for (var end = now.plus(duration); now.isBefore(end); ) {
      now = now.plusSeconds(2);
      farm.apply(new Event.NodeAnswered(now, NODE.id()));
      farm.apply(new Event.ClientSeen(now, CLIENT));
      farm.apply(new Event.TimePassed(now));
    }
  }
}

package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.T0;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A farm, a time, and what the farm wanted done last: lets rules be told as stories. */
final class Stage {
  Farm farm;
  Instant now = T0;
  List<Effect> effects = List.of();
  final List<Effect> everything = new ArrayList<>();

  Stage() {
    this(SETTINGS);
  }

  Stage(FarmSettings settings) {
    farm = new Farm(settings);
  }

  /** Nothing but the image of the farm is left. */
  void restart() {
    farm = Farm.restored(farm.snapshot().image());
  }

  List<Effect> apply(Event event) {
    effects = farm.apply(event);
    everything.addAll(effects);
    return effects;
  }

  /** Lets time pass, deadline by deadline, as the loop does. */
  List<Effect> pass(Duration duration) {
    var until = now.plus(duration);
    var all = new ArrayList<Effect>();
    while (farm.nextDeadline().filter(due -> !due.isAfter(until)).isPresent()) {
      now = Deadline.later(now, farm.nextDeadline().get());
      all.addAll(apply(new Event.TimePassed(now)));
    }
    now = until;
    effects = List.copyOf(all);
    return effects;
  }

  /** Lets time pass while a node keeps answering. */
  List<Effect> pass(Duration duration, NodeDescription... alive) {
    var until = now.plus(duration);
    var all = new ArrayList<Effect>();
    while (now.isBefore(until)) {
      for (var node : alive) {
        all.addAll(apply(new Event.NodeAnswered(now, node.id())));
      }
      var step = Duration.between(now, until);
      all.addAll(pass(step.compareTo(Duration.ofSeconds(5)) < 0 ? step : Duration.ofSeconds(5)));
    }
    effects = List.copyOf(all);
    return effects;
  }

  void join(NodeDescription node, ProductDescription... products) {
    apply(new Event.NodeRegistered(now, node));
    for (var product : products) {
      plug(node, product);
    }
  }

  List<Effect> plug(NodeDescription node, ProductDescription product) {
    return apply(new Event.ProductReported(now, node.endpoint(), Event.Report.PLUGGED, product));
  }

  List<Effect> report(NodeDescription node, ProductDescription product) {
    return apply(new Event.ProductReported(now, node.endpoint(), Event.Report.UPDATED, product));
  }

  List<Effect> unplug(NodeDescription node, ProductId product) {
    return apply(new Event.ProductRemoved(now, node.endpoint(), Cast.free(product)));
  }

  List<Effect> submit(ClientId client, TestDescription test, Wanted wanted) {
    return apply(new Event.TestSubmitted(now, client, test, wanted));
  }

  List<Effect> report(NodeDescription node, String test, int attempt, TestStatus status) {
    return report(node, test, attempt, status, Optional.empty());
  }

  List<Effect> report(
      NodeDescription node, String test, int attempt, TestStatus status, Optional<Fault> fault) {
    String details = status == TestStatus.FAILED ? "exit code 3" : "";
    return apply(
        new Event.RunReported(now, node.id(), RuntimeId.of(test), attempt, status, details, fault));
  }

  /** What the last step wanted done, of one sort. */
  <E extends Effect> List<E> wanted(Class<E> sort) {
    return effects.stream().filter(sort::isInstance).map(sort::cast).toList();
  }

  /** Which tests the last step started, and where. */
  List<String> started() {
    return wanted(Effect.StartRun.class).stream()
        .map(s -> s.test().id() + "#" + s.test().progress().attempt() + "@" + host(s))
        .toList();
  }

  private static String host(Effect.StartRun start) {
    return start.node().endpoint().host();
  }

  /** What clients were told in the last step, in order. */
  List<String> told() {
    return wanted(Effect.TellClient.class).stream()
        .map(t -> t.to().host() + " " + t.test().id() + " " + t.test().progress().status().text())
        .toList();
  }

  /** The details in what clients were told last. */
  String details() {
    var told = wanted(Effect.TellClient.class);
    return told.get(told.size() - 1).test().progress().details();
  }

  FarmSnapshot.ProductView product(int number) {
    return farm.snapshot().product(Cast.product(number)).orElseThrow();
  }

  boolean isRunning(String test) {
    return farm.snapshot().running(new TestId(test)).isPresent();
  }

  boolean isWaiting(String test) {
    return farm.snapshot().waiting(new TestId(test)).isPresent();
  }
}

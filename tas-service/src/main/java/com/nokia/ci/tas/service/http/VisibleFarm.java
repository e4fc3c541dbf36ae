package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.Attempt;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Estimate;
import com.nokia.ci.tas.service.farm.Explanation;
import com.nokia.ci.tas.service.farm.FarmImage;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The farm as a visitor sees it who may see some projects only: all nodes and products, and the
 * tests of those projects.
 */
final class VisibleFarm implements FarmSnapshot {
  private final FarmSnapshot farm;
  private final Visitor visitor;

  private VisibleFarm(FarmSnapshot farm, Visitor visitor) {
    this.farm = farm;
    this.visitor = visitor;
  }

  /** What a visitor sees; all of it if the visitor may. */
  static FarmSnapshot of(FarmSnapshot farm, Visitor visitor) {
    return visitor.who().rights().allow(AccessRole.VIEW) ? farm : new VisibleFarm(farm, visitor);
  }

  /** Holds the secrets of everybody. */
  @Override
  public FarmImage image() {
    throw new UnsupportedOperationException("a visitor sees no image of the farm");
  }

  @Override
  public long version() {
    return farm.version();
  }

  @Override
  public Instant at() {
    return farm.at();
  }

  @Override
  public FarmSettings settings() {
    return farm.settings();
  }

  @Override
  public List<NodeView> nodes() {
    return farm.nodes();
  }

  @Override
  public Optional<NodeView> node(NodeId id) {
    return farm.node(id);
  }

  @Override
  public List<ProductView> products() {
    return farm.products();
  }

  @Override
  public Optional<ProductView> product(ProductId id) {
    return farm.product(id);
  }

  @Override
  public List<ProductView> products(NodeId node) {
    return farm.products(node);
  }

  @Override
  public Census census() {
    return farm.census();
  }

  @Override
  public boolean hasClient(ClientId id) {
    return farm.hasClient(id);
  }

  /** Of all tests: how long the queue is is no secret. */
  @Override
  public int waitingCount() {
    return farm.waitingCount();
  }

  @Override
  public Map<WaitsFor, Integer> waitingFor() {
    return farm.waitingFor();
  }

  @Override
  public Optional<Instant> oldestWaiting() {
    return farm.oldestWaiting();
  }

  @Override
  public Optional<Estimate> estimate(TestId id) {
    return waiting(id).flatMap(WaitingTest::estimate);
  }

  @Override
  public List<WaitingTest> waiting(int from, int limit) {
    return farm.waiting(from, limit).stream().filter(it -> visitor.maySee(it.test())).toList();
  }

  @Override
  public Found<WaitingTest> waiting(Predicate<TestDescription> wanted, int limit) {
    return farm.waiting(test -> visitor.maySee(test) && wanted.test(test), limit);
  }

  /** Of all tests: how many run is no secret. */
  @Override
  public int runningCount() {
    return farm.runningCount();
  }

  @Override
  public List<RunningTest> running(int limit) {
    return farm.running(visitor::maySee, limit).first();
  }

  @Override
  public Found<RunningTest> running(Predicate<TestDescription> wanted, int limit) {
    return farm.running(test -> visitor.maySee(test) && wanted.test(test), limit);
  }

  @Override
  public Optional<Instant> expectedEnd(RuntimeId run) {
    return farm.expectedEnd(run);
  }

  @Override
  public List<RunningTest> running() {
    return farm.running().stream().filter(it -> visitor.maySee(it.test())).toList();
  }

  @Override
  public List<EndedTest> ended() {
    return farm.ended().stream().filter(it -> visitor.maySee(it.test())).toList();
  }

  @Override
  public Optional<WaitingTest> waiting(TestId id) {
    return farm.waiting(id).filter(it -> visitor.maySee(it.test()));
  }

  @Override
  public List<Explanation> why(TestId id) {
    return waiting(id).map(it -> farm.why(id)).orElse(List.of());
  }

  @Override
  public Optional<RunningTest> running(TestId id) {
    return farm.running(id).filter(it -> visitor.maySee(it.test()));
  }

  @Override
  public List<SubTest> subTests(TestId id) {
    return isVisible(id) ? farm.subTests(id) : List.of();
  }

  @Override
  public List<Attempt> attempts(TestId id) {
    return isVisible(id) ? farm.attempts(id) : List.of();
  }

  private boolean isVisible(TestId id) {
    return running(id).isPresent() || waiting(id).isPresent() || ended(id).isPresent();
  }

  @Override
  public Optional<EndedTest> ended(TestId id) {
    return farm.ended(id).filter(it -> visitor.maySee(it.test()));
  }
}

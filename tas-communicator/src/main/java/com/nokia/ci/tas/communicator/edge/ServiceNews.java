package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service has to be told of this node: which products there are now, and each report of a
 * run until it was delivered. Its monitor guards it and the ways by which it is told.
 */
final class ServiceNews {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceNews.class);
  private static final int MOST_REPORTS = 10_000;
  private static final Map<String, String> UNSAID =
      Map.of("status", "", "status-details", "", "reservation-time", "", "reservation-timeout", "");

  private final ServiceContact contact;
  private final Consumer<TestDescription> onTold;
  private final Map<String, ProductDescription> products = new TreeMap<>();
  private final Map<String, ProductOperation> removals = new TreeMap<>();
  private final Deque<TestOperation> reports = new ArrayDeque<>();
  private final FactNews facts;
  private boolean registered;

  /**
   * @param onTold takes each report of an end that was delivered; must not block
   */
  ServiceNews(ServiceContact contact, Consumer<TestDescription> onTold) {
    this.contact = contact;
    this.onTold = onTold;
    this.facts = new FactNews(contact.facts(), contact.clock());
  }

  ProductOperation added(ProductDescription product) {
    products.put(product.id().imei(), product);
    removals.remove(product.id().imei());
    return operation(ProductOperation.Kind.ADD, product);
  }

  /** What the service itself said of a product it need not hear again. */
  Optional<ProductOperation> changed(ProductDescription product) {
    var former = Optional.ofNullable(products.put(product.id().imei(), product));
    return former.map(it -> isNews(it, product)).orElse(true)
        ? Optional.of(operation(ProductOperation.Kind.UPDATE, product))
        : Optional.empty();
  }

  private static boolean isNews(ProductDescription former, ProductDescription product) {
    return former.status() == ProductStatus.DISABLED
        || product.status() == ProductStatus.DISABLED
        || !former.with(UNSAID).equals(product.with(UNSAID));
  }

  ProductOperation removed(ProductDescription product) {
    var gone = Map.of("disconnection-time", Long.toString(contact.clock().millis()));
    var removal = operation(ProductOperation.Kind.REMOVE, product.with(gone));
    products.remove(product.id().imei());
    removals.put(product.id().imei(), removal);
    return removal;
  }

  /** Which products there are, and which have gone without the service having heard of it. */
  List<ProductOperation> products() {
    return Stream.concat(
            removals.values().stream(),
            products.values().stream().map(it -> operation(ProductOperation.Kind.ADD, it)))
        .toList();
  }

  /** That the products are still there. */
  List<ProductOperation> productsAgain() {
    return products.values().stream()
        .map(it -> operation(ProductOperation.Kind.UPDATE, it))
        .toList();
  }

  /** Keeps a report until it is {@link #delivered}. */
  TestOperation report(TestDescription test) {
    if (reports.size() >= MOST_REPORTS) {
      var lost = reports.remove();
      LOG.atError().addKeyValue("test", lost.test().id()).log("a report was never delivered");
    }
    var report =
        new TestOperation(contact.own().get(), contact.service(), TestOperation.Kind.UPDATE, test);
    reports.add(report);
    return report;
  }

  /** The reports that were not delivered, in order. */
  List<TestOperation> reports() {
    return List.copyOf(reports);
  }

  void delivered(Message message) {
    if (reports.removeIf(it -> it == message) && message instanceof TestOperation report) {
      tellEnd(report.test());
    }
    removals.values().removeIf(it -> it == message);
  }

  private void tellEnd(TestDescription test) {
    if (test.progress().status() != TestStatus.STARTED) {
      onTold.accept(test);
    }
  }

  /** The runs whose end the service does not know: for it they are still here. */
  List<RunReference> unreportedEnds() {
    return reports.stream()
        .map(TestOperation::test)
        .filter(test -> test.progress().status() != TestStatus.STARTED)
        .flatMap(
            test -> RunList.reference(test.id(), test.progress().attempt(), List.of()).stream())
        .toList();
  }

  /** A node that was registered is not new: its runs go on. */
  RegistryOperation registration() {
    var kind = registered ? RegistryOperation.Kind.UPDATE : RegistryOperation.Kind.REGISTER;
    return registry(kind).telling(facts.tell());
  }

  /** That the node is still there. */
  RegistryOperation registrationAgain() {
    return registry(RegistryOperation.Kind.UPDATE).telling(facts.tell());
  }

  /** Facts that a service which knows the node should hear; empty when there is no news. */
  Optional<RegistryOperation> factsAgain() {
    return facts.news().map(registry(RegistryOperation.Kind.UPDATE)::telling);
  }

  /** That the node goes. */
  RegistryOperation goodBye() {
    return registry(RegistryOperation.Kind.DEREGISTER);
  }

  private RegistryOperation registry(RegistryOperation.Kind kind) {
    var node = contact.own().description();
    return new RegistryOperation(
        node.endpoint(),
        contact.service(),
        kind,
        RegistryOperation.Remote.TEST_NODE,
        Optional.of(node));
  }

  /**
   * The service has the registration.
   *
   * @return whether it is the first one
   */
  boolean becomeRegistered() {
    boolean isFirst = !registered;
    registered = true;
    return isFirst;
  }

  private ProductOperation operation(ProductOperation.Kind kind, ProductDescription product) {
    return new ProductOperation(
        contact.own().get(), contact.service(), kind, Optional.empty(), product);
  }
}

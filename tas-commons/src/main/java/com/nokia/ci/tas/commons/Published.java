package com.nokia.ci.tas.commons;

import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.OwnLimits;
import com.nokia.ci.tas.commons.model.PlanPlace;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestPackageDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the published types and the values of {@code commons.model} meet: each is made from the
 * other here and nowhere else.
 *
 * <p>What is made shares nothing with what it was made from.
 */
public final class Published {

  private Published() {}

  /** The test as peers describe it to each other. */
  public static TestDescription description(Test test) {
    var demand =
        new TestDemand(
            Target.valueOf(test.getTarget().name()),
            releasingMode(test.getProductReleasingMode()),
            Duration.ofMillis(test.getProductDisconnectionTimeout()),
            test.getRequiredEnvironment(),
            test.getRequiredProducts().stream().map(Published::demand).toList(),
            test.getPriority(),
            test.getDistribution(),
            limits(test));
    var progress =
        new TestProgress(
            TestStatus.valueOf(test.getStatus().name()),
            test.getStatusDetails(),
            Instant.ofEpochMilli(test.getStartTime()),
            Duration.ofMillis(test.getTimeout()),
            0,
            test.getReservedProducts().stream().map(Published::description).toList());
    return new TestDescription(
        new RuntimeId(new TestId(test.getId()), test.getSubId()),
        new TestOrigin(
                test.getWorkspacePath(),
                test.getURL(),
                Optional.of(test.getProject()).filter(name -> !name.isEmpty()).map(ProjectId::new))
            .bound(test.isDetached() ? Bond.DETACHED : Bond.ISSUER)
            .planned(PlanPlace.parse(test.getPlan())),
        demand,
        execution(test),
        progress,
        List.of());
  }

  private static OwnLimits limits(Test test) {
    return new OwnLimits(
        Duration.ofMillis(test.getWaitingTimeout()),
        Duration.ofMillis(test.getPreparationTimeout()),
        Duration.ofMillis(test.getExecutionTimeout()),
        test.getRetries() < 0 ? Optional.empty() : Optional.of(test.getRetries()));
  }

  /** A test as the API shows it; what the description leaves out has the defaults of a new test. */
  public static Test test(TestDescription description) {
    var test = new Test(description.id().test().value());
    test.setSubId(description.id().subId());
    test.setWorkspacePath(description.origin().workspacePath());
    test.setURL(description.origin().url());
    test.setProject(description.origin().project().map(ProjectId::value).orElse(""));
    var demand = description.demand();
    test.setPlan(description.origin().plan().map(PlanPlace::text).orElse(""));
    test.setDetached(description.origin().bond().isDetached());
    test.setPriority(demand.priority());
    test.setDistribution(demand.distribution());
    test.setWaitingTimeout(demand.limits().waiting().toMillis());
    test.setPreparationTimeout(demand.limits().preparation().toMillis());
    test.setExecutionTimeout(demand.limits().execution().toMillis());
    test.setRetries(demand.limits().retries().orElse(-1));
    test.setTarget(Test.Target.valueOf(demand.target().name()));
    test.setProductReleasingMode(
        switch (demand.releasingMode()) {
          case AUTOMATIC -> Test.ProductReleasingMode.AUTOMATICALLY_RELEASE_RESERVED_PRODUCTS;
          case MANUAL -> Test.ProductReleasingMode.MANUALLY_RELEASE_RESERVED_PRODUCTS;
        });
    test.setProductDisconnectionTimeout(demand.disconnectionTimeout().toMillis());
    test.setRequiredEnvironment(demand.expression());
    test.setRequiredProducts(products(demand.requiredProducts()));
    var execution = description.execution();
    test.setExecutorApplication(execution.application());
    test.setExecutorScript(execution.script());
    test.setArtifacts(execution.artifacts());
    test.setExecutorEnvparams(execution.parameters());
    execution.secretParameters().stream()
        .filter(execution.parameters()::containsKey)
        .forEach(it -> test.addSecretExecutorEnvparam(it, execution.parameters().get(it)));
    test.setTestPackages(execution.packages().stream().map(Published::testPackage).toList());
    test.setResultsFilename(execution.resultsFilename());
    var progress = description.progress();
    test.setStatus(Test.Status.valueOf(progress.status().name()), progress.details());
    test.setStartTime(progress.startTime().toEpochMilli());
    test.setTimeout(progress.timeout().toMillis());
    test.setReservedProducts(products(progress.reservedProducts()));
    return test;
  }

  /** What was said of a product. Codes that a SIM card has by default are not part of it. */
  public static ProductDescription description(Product product) {
    var values = values(product);
    values.putAll(product.getAttributes());
    if (product.getReservationTime() > 0) {
      put(values, ProductAttribute.RESERVATION_TIME, product.getReservationTime());
    }
    if (product.getReservationTimeout() != Constant.DEFAULT_TEST_TIMEOUT) {
      put(values, ProductAttribute.RESERVATION_TIMEOUT, product.getReservationTimeout());
    }
    if (product.getDisconnectionTime() > 0) {
      put(values, ProductAttribute.DISCONNECTION_TIME, product.getDisconnectionTime());
    }
    return new ProductDescription(values);
  }

  /**
   * A product as the API shows it; what the description leaves out has the defaults of a new one.
   */
  public static Product product(ProductDescription description) {
    var product = new Product();
    product.sayBesides(description.values());
    for (var attribute : ProductAttribute.values()) {
      String value = description.value(attribute);
      if (value.isEmpty()) {
        continue;
      }
      switch (attribute) {
        case ROLE -> product.setRole(Product.Role.valueOf(description.role().name()));
        case STATUS -> product.setStatus(Product.Status.valueOf(description.status().name()));
        case RESERVATION_TIME -> product.setReservationTime(millis(description, attribute));
        case DISCONNECTION_TIME -> product.setDisconnectionTime(millis(description, attribute));
        case RESERVATION_TIMEOUT ->
            product.setReservationTimeout(description.duration(attribute).toMillis());
        case TAS_PORT -> product.setTestAutomationServicePort(port(value));
        default -> {
          if (attribute.sim() == 0) {
            product.say(attribute, value);
          } else {
            (attribute.sim() == 1 ? product.getSim1() : product.getSim2())
                .say(attribute.elementName(), value);
          }
        }
      }
    }
    return product;
  }

  /** Everything a product shows, the default codes of its SIM cards included. */
  static ProductDescription complete(Product product) {
    var values = new TreeMap<>(description(product).values());
    for (var attribute : ProductAttribute.values()) {
      if (attribute.sim() > 0) {
        values.put(attribute.text(), card(product, attribute).text(attribute.elementName()));
      }
    }
    return new ProductDescription(values);
  }

  static String nameValuePairs(ProductDescription description) {
    var pairs = new StringBuilder();
    for (var attribute : ProductAttribute.values()) {
      String value = description.value(attribute);
      if (!value.isEmpty()) {
        pairs
            .append(attribute.text())
            .append(Constant.NAME_VALUE_SEPARATOR)
            .append(ProductDemand.lower(value))
            .append(Constant.NAME_VALUE_PAIR_SEPARATOR);
      }
    }
    return pairs.toString();
  }

  static String word(Product.Role role) {
    return com.nokia.ci.tas.commons.model.Role.valueOf(role.name()).text();
  }

  static String word(Product.Status status) {
    return ProductStatus.valueOf(status.name()).text();
  }

  static String word(Test.Status status) {
    return TestStatus.valueOf(status.name()).text();
  }

  /** What a test asks of a product: times are never asked for, nor what its farm says besides. */
  private static ProductDescription demand(Product product) {
    return new ProductDescription(values(product));
  }

  private static SortedMap<String, String> values(Product product) {
    var values = new TreeMap<String, String>();
    product.texts().forEach((attribute, value) -> values.put(attribute.text(), value));
    values.put(ProductAttribute.ROLE.text(), word(product.getRole()));
    values.put(ProductAttribute.STATUS.text(), word(product.getStatus()));
    if (product.getTestAutomationServicePort() > 0) {
      put(values, ProductAttribute.TAS_PORT, product.getTestAutomationServicePort());
    }
    for (var attribute : ProductAttribute.values()) {
      if (attribute.sim() > 0) {
        String said = card(product, attribute).said().getOrDefault(attribute.elementName(), "");
        values.put(attribute.text(), said);
      }
    }
    return values;
  }

  private static SimCard card(Product product, ProductAttribute attribute) {
    return attribute.sim() == 1 ? product.getSim1() : product.getSim2();
  }

  private static void put(Map<String, String> values, ProductAttribute attribute, long number) {
    values.put(attribute.text(), Long.toString(number));
  }

  private static long millis(ProductDescription description, ProductAttribute attribute) {
    return description.time(attribute).toEpochMilli();
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return 0; // as peers do: what is no number is no port
    }
  }

  private static List<Product> products(List<ProductDescription> descriptions) {
    return descriptions.stream().map(Published::product).toList();
  }

  private static ReleasingMode releasingMode(Test.ProductReleasingMode mode) {
    return switch (mode) {
      case AUTOMATICALLY_RELEASE_RESERVED_PRODUCTS -> ReleasingMode.AUTOMATIC;
      case MANUALLY_RELEASE_RESERVED_PRODUCTS -> ReleasingMode.MANUAL;
    };
  }

  private static TestExecution execution(Test test) {
    var artifacts = new ArrayList<>(test.getArtifacts());
    String script = test.getExecutorScript();
    if (!script.isEmpty() && !artifacts.contains(script)) {
      artifacts.add(0, script);
    }
    var packages = test.getTestPackages().stream().map(Published::description).toList();
    return new TestExecution(
        test.getExecutorApplication(),
        script,
        artifacts,
        test.getExecutorEnvparams(),
        packages,
        test.getResultsFilename(),
        test.getSecretExecutorEnvparams());
  }

  static TestPackageDescription description(TestPackage part) {
    return new TestPackageDescription(part.getId(), part.getRequiredEnvironment(), part.getFiles());
  }

  private static TestPackage testPackage(TestPackageDescription description) {
    return new TestPackage(description.id(), description.files(), description.expression());
  }
}

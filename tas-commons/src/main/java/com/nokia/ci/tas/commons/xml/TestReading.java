package com.nokia.ci.tas.commons.xml;

import static com.nokia.ci.tas.commons.model.ProductAttribute.ROLE;
import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS;

import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.Lender;
import com.nokia.ci.tas.commons.model.OwnLimits;
import com.nokia.ci.tas.commons.model.PlanPlace;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.Role;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestPackageDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.model.TimeLimit;
import com.nokia.ci.tas.commons.xml.TestBean.PackageBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * From the bound {@code test} element to a description. What cannot be understood takes its default
 * and leaves a complaint.
 */
final class TestReading {
  private static final int LONGEST_SUBMISSION = 64;

  private static final long LONGEST_DURATION = Duration.ofDays(36_500).toMillis();

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  private final TestBean bean;
  private final List<String> complaints = new ArrayList<>();

  private TestReading(TestBean bean) {
    this.bean = bean;
  }

  static TestDescription description(TestBean bean) {
    return new TestReading(bean).read();
  }

  private TestDescription read() {
    var id = new RuntimeId(new TestId(Leaf.word(bean.id)), Leaf.text(bean.subId));
    var origin =
        new TestOrigin(
                Leaf.text(bean.workspacePath),
                Leaf.text(bean.url),
                Optional.of(Leaf.text(bean.project))
                    .filter(name -> !name.isEmpty())
                    .map(ProjectId::new))
            .submittedAs(submission())
            .bound(Bond.of(Leaf.text(bean.bond)))
            .planned(PlanPlace.parse(Leaf.text(bean.plan)));
    var demand = demand();
    var progress = progress();
    var direct = direct();
    return new TestDescription(id, origin, demand, execution(), progress, complaints, direct);
  }

  private TestDemand demand() {
    return new TestDemand(
        word("target", bean.target, Target::of, Target.FLASH, Target.class),
        word(
            "product-releasing-mode",
            bean.releasingMode,
            ReleasingMode::of,
            ReleasingMode.AUTOMATIC,
            ReleasingMode.class),
        duration("product-disconnection-timeout", bean.disconnectionTimeout),
        expression(bean.expression, bean.environment),
        products("required", bean.requiredProducts),
        priority(),
        Leaf.word(bean.distribution),
        limits());
  }

  private OwnLimits limits() {
    return new OwnLimits(
        duration(TimeLimit.WAITING.code(), bean.waitingTimeout),
        duration(TimeLimit.PREPARATION.code(), bean.preparationTimeout),
        duration(TimeLimit.EXECUTION.code(), bean.executionTimeout),
        Leaf.text(bean.retries).isEmpty()
            ? Optional.empty()
            : Optional.of(
                (int) number("retries", bean.retries, OwnLimits.MOST_RETRIES, "retries")));
  }

  /** A word of a few letters, or nothing. */
  private String code() {
    String value = Leaf.text(bean.code);
    return value.isEmpty() || CODE.matcher(value).matches() ? value : "";
  }

  /** Only ours say it, and they say it in a few letters. */
  private String submission() {
    String value = Leaf.text(bean.submission);
    return value.length() > LONGEST_SUBMISSION ? "" : value;
  }

  private int priority() {
    String value = Leaf.text(bean.priority);
    if (value.isEmpty()) {
      return 0;
    }
    var number = Leaf.number(value);
    if (number.isEmpty() || !TestDemand.isPriority(number.getAsLong())) {
      complain(
          "priority",
          value,
          " is not a whole number between "
              + TestDemand.LOWEST_PRIORITY
              + " and "
              + TestDemand.HIGHEST_PRIORITY);
      return 0;
    }
    return (int) number.getAsLong();
  }

  private TestProgress progress() {
    return new TestProgress(
        word("status", bean.status, TestStatus::of, TestStatus.UNKNOWN, TestStatus.class),
        Leaf.text(bean.statusDetails),
        Instant.ofEpochMilli(number("start-time", bean.startTime, Long.MAX_VALUE, "milliseconds")),
        duration("timeout", bean.timeout),
        (int) number("attempt", bean.attempt, Integer.MAX_VALUE, "attempts"),
        products("reserved", bean.reservedProducts),
        Fault.of(Leaf.text(bean.fault)),
        Leaf.text(bean.route),
        code());
  }

  private TestExecution execution() {
    String script = Leaf.text(bean.script);
    Set<String> artifacts = new LinkedHashSet<>();
    var listed = names(bean.artifacts);
    if (!script.isEmpty() && !listed.contains(script)) {
      artifacts.add(script);
    }
    artifacts.addAll(listed);
    return new TestExecution(
        Leaf.text(bean.application),
        script,
        List.copyOf(artifacts),
        parameters(),
        bean.packages.stream().map(TestReading::testPackage).toList(),
        Leaf.text(bean.resultsFilename),
        secretParameters(),
        LargeArtifact.parseAll(Leaf.word(bean.largeArtifacts)),
        Lender.parseAll(Leaf.word(bean.lenders)));
  }

  private Set<String> secretParameters() {
    String secret = Leaf.word(bean.secretVariables);
    return secret.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(secret.split("\\s+")));
  }

  /** A complaint must not show the ticket. */
  private Optional<DirectAccess> direct() {
    String value = Leaf.text(bean.direct);
    var direct = DirectAccess.parse(value);
    if (direct.isEmpty() && !value.isEmpty()) {
      complaints.add("direct is neither HOST:PORT TICKET nor HOST:PORT TICKET CERTIFICATE-SHA256");
    }
    return direct;
  }

  private Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    for (var parameter : bean.parameters) {
      String key = Leaf.word(parameter.key);
      if (!key.isEmpty()) {
        parameters.put(key, Leaf.exact(parameter.value));
      }
    }
    return parameters;
  }

  private static TestPackageDescription testPackage(PackageBean bean) {
    return new TestPackageDescription(
        Leaf.word(bean.id),
        expression(bean.expression, bean.environment),
        List.copyOf(names(bean.files)));
  }

  /** The guide's element, else the one that the earlier programs know. */
  private static String expression(String expression, String environment) {
    String preferred = Leaf.text(expression);
    return preferred.isEmpty() ? Leaf.text(environment) : preferred;
  }

  private static Set<String> names(Collection<String> raw) {
    Set<String> names = new LinkedHashSet<>();
    raw.stream().map(Leaf::word).filter(name -> !name.isEmpty()).forEach(names::add);
    return names;
  }

  private List<ProductDescription> products(String which, List<ProductBean> beans) {
    var products = new ArrayList<ProductDescription>();
    for (var product : beans) {
      var description = product.description();
      products.add(description);
      String where = " of " + which + " product " + products.size();
      checkWord(description, ROLE, where, Role::of, Role.class);
      checkWord(description, STATUS, where, ProductStatus::of, ProductStatus.class);
    }
    return products;
  }

  private <E extends Enum<E>> void checkWord(
      ProductDescription product,
      ProductAttribute attribute,
      String where,
      Function<String, Optional<E>> of,
      Class<E> all) {
    String value = product.value(attribute);
    if (!value.isEmpty() && of.apply(value).isEmpty()) {
      complain(attribute.text(), value, where + " is none of " + Words.of(all));
    }
  }

  private <E extends Enum<E>> E word(
      String name, String raw, Function<String, Optional<E>> of, E whenMissing, Class<E> all) {
    String value = Leaf.text(raw);
    if (value.isEmpty()) {
      return whenMissing;
    }
    var known = of.apply(value);
    if (known.isEmpty()) {
      complain(name, value, " is none of " + Words.of(all));
    }
    return known.orElse(whenMissing);
  }

  private Duration duration(String name, String raw) {
    return Duration.ofMillis(number(name, raw, LONGEST_DURATION, "milliseconds"));
  }

  private long number(String name, String raw, long highest, String unit) {
    String value = Leaf.text(raw);
    if (value.isEmpty()) {
      return 0;
    }
    long number = Leaf.number(value).orElse(-1);
    if (number < 0 || number > highest) {
      complain(name, value, " is not a number of " + unit + " between 0 and " + highest);
      return 0;
    }
    return number;
  }

  private void complain(String name, String value, String rest) {
    complaints.add(name + " \"" + SafeName.shown(value) + "\"" + rest);
  }
}

package com.nokia.ci.tas.commons.xml;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.message.TextNumber;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.Lender;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.OwnLimits;
import com.nokia.ci.tas.commons.model.PlanPlace;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.Role;
import com.nokia.ci.tas.commons.model.RunReference;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Any message, from a seed. Values hold whatever XML 1.0 allows in one line. */
final class GeneratedMessages {
  private static final String[] PIECES = {
    "a",
    "Z9",
    "_1",
    " ",
    "&",
    "<",
    ">",
    "\"",
    "'",
    "]]>",
    "&amp;",
    "&#65;",
    "</id>",
    "<!--",
    "-->",
    "<text>",
    "</message>",
    "ä",
    "Ω",
    "語",
    "\uD83D\uDCF1",
    "\uFFFD",
    "\t",
    ";",
    ":",
    "(",
    ")"
  };

  private final Random random;

  GeneratedMessages(long seed) {
    this.random = new Random(seed);
  }

  Message next() {
    return switch (random.nextInt(5)) {
      case 0 -> new TestOperation(endpoint(), endpoint(), one(TestOperation.Kind.class), test());
      case 1 ->
          new ProductOperation(
              endpoint(),
              endpoint(),
              one(ProductOperation.Kind.class),
              random.nextBoolean() ? Optional.of(id()) : Optional.empty(),
              product());
      case 2 ->
          new FileOperation(
              endpoint(),
              endpoint(),
              one(FileOperation.Kind.class),
              random.nextBoolean() ? TestDescription.named(id()) : test(),
              new FileReference(value(), value(), random.nextInt(1000) - 1, maybe(this::digest)));
      case 3 -> registration();
      default ->
          new TextMessage(
              endpoint(),
              endpoint(),
              test(),
              text(),
              maybe(() -> new TextNumber(random.nextInt(9), 1 + random.nextInt(99))));
    };
  }

  private RegistryOperation registration() {
    boolean isNode = random.nextBoolean();
    return new RegistryOperation(
        endpoint(),
        endpoint(),
        one(RegistryOperation.Kind.class),
        isNode ? RegistryOperation.Remote.TEST_NODE : RegistryOperation.Remote.CLIENT,
        isNode ? Optional.of(node()) : Optional.empty(),
        maybe(this::offer),
        maybe(() -> list(this::run)),
        maybe(this::facts));
  }

  private NodeDescription node() {
    var holds = list(() -> new ContentDigest(digest()));
    return new NodeDescription(endpoint(), value(), value()).holding(holds);
  }

  private NodeFacts facts() {
    return NodeFacts.of(
        Map.of("operating-system", value(), "disk-free-bytes", "" + random.nextInt()));
  }

  private SessionOffer offer() {
    return new SessionOffer(
        1 + random.nextInt(3),
        digest().substring(32),
        maybe(() -> new SessionOffer.Resumption(digest(), digest(), random.nextInt(1000))),
        maybe(this::secret),
        maybe(this::secret));
  }

  private RunReference run() {
    var id = RuntimeId.of("run" + random.nextInt(100) + "<&>");
    return new RunReference(id, random.nextInt(3), list(() -> new ProductId(secret())));
  }

  private DirectAccess direct() {
    var address = new Endpoint("h" + random.nextInt(10), 1 + random.nextInt(1000));
    return new DirectAccess(address, secret(), maybe(this::digest));
  }

  private String digest() {
    return "%064x".formatted(random.nextLong());
  }

  private String secret() {
    return "s&<>" + random.nextInt(1000);
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private TestDescription test() {
    return new TestDescription(
        id(),
        new TestOrigin(value(), value(), maybe(() -> new ProjectId("p" + random.nextInt(9))))
            .submittedAs(random.nextBoolean() ? "" : "5d0c9f2e")
            .bound(random.nextBoolean() ? Bond.ISSUER : Bond.DETACHED)
            .planned(PlanPlace.parse(random.nextBoolean() ? "" : "run|b|a|b:a?failed")),
        new TestDemand(
                one(Target.class),
                one(ReleasingMode.class),
                duration(),
                value(),
                list(this::product),
                random.nextBoolean() ? 0 : random.nextInt(2001) - 1000)
            .within(
                new OwnLimits(
                    duration(), duration(), duration(), maybe(() -> random.nextInt(1001)))),
        execution(),
        new TestProgress(
            one(TestStatus.class),
            value(),
            Instant.ofEpochMilli(random.nextInt(Integer.MAX_VALUE)),
            duration(),
            random.nextInt(3),
            list(this::product),
            maybe(() -> one(Fault.class)),
            maybe(() -> "relayed").orElse(""),
            maybe(() -> "execution-timeout").orElse("")),
        List.of(),
        maybe(this::direct));
  }

  private TestExecution execution() {
    var artifacts = new LinkedHashSet<>(list(this::name));
    String script = random.nextBoolean() ? "" : name();
    if (!script.isEmpty()) {
      artifacts.add(script);
    }
    var parameters = new LinkedHashMap<String, String>();
    list(this::name).forEach(key -> parameters.put(key, value()));
    return new TestExecution(
        value(),
        script,
        List.copyOf(artifacts),
        parameters,
        list(() -> new TestPackageDescription(name(), value(), distinctNames())),
        value(),
        new LinkedHashSet<>(list(this::secret)),
        list(
            () ->
                new LargeArtifact(
                    new ContentDigest(digest()),
                    1 + random.nextInt(9),
                    random.nextBoolean() ? "" : name())),
        list(
            () ->
                new Lender(
                    new ContentDigest(digest()),
                    new Endpoint("node-" + random.nextInt(9), 1 + random.nextInt(9)),
                    digest())));
  }

  private List<String> distinctNames() {
    return List.copyOf(new LinkedHashSet<>(list(this::name)));
  }

  private ProductDescription product() {
    Map<String, String> values = new TreeMap<>();
    for (var attribute : ProductAttribute.values()) {
      if (random.nextInt(3) == 0) {
        values.put(attribute.text(), value());
      }
    }
    values.put("role", one(Role.class).text());
    values.put("status", one(ProductStatus.class).text());
    if (random.nextInt(4) == 0) {
      values.put("rack", value());
      values.put("sim2-icc", value());
    }
    return ProductDescription.of(values);
  }

  /** Lines of anything; the last one is not empty unless all are. */
  private String text() {
    var text = new StringBuilder();
    int lines = random.nextInt(6);
    for (int i = 0; i < lines; i++) {
      text.append(" ".repeat(random.nextInt(3))).append(value()).append("\n");
    }
    return text + value();
  }

  /** A value that stays what it is when it is read: no blanks at its ends, not {@code null}. */
  private String value() {
    var value = new StringBuilder();
    int pieces = random.nextInt(6);
    for (int i = 0; i < pieces; i++) {
      value.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return value.toString().strip();
  }

  private String name() {
    return "n" + random.nextInt(100) + value();
  }

  private RuntimeId id() {
    return new RuntimeId(new TestId(value()), random.nextBoolean() ? "" : "_1");
  }

  private Endpoint endpoint() {
    return new Endpoint(value(), random.nextInt(65_536));
  }

  private Duration duration() {
    return Duration.ofMillis(random.nextInt(4) == 0 ? 0 : random.nextInt(Integer.MAX_VALUE));
  }

  private <E extends Enum<E>> E one(Class<E> kinds) {
    var all = kinds.getEnumConstants();
    return all[random.nextInt(all.length)];
  }

  private <T> List<T> list(Supplier<T> element) {
    return Stream.generate(element).limit(random.nextInt(3)).toList();
  }
}

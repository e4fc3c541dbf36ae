package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.ProductAttribute.HOSTNAME;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestPackageDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Says whether a test may join the farm, and what the farm makes of it (guide, "Test"). */
final class Admission {
  /** More products than this cannot be asked for at once. */
  private static final int MOST_PRODUCTS = 256;

  /** No test is divided into more. */
  private static final int MOST_PACKAGES = 1_000;

  /** So many are compared with each other without ado. */
  private static final int FEW_ARTIFACTS = 8;

  /** No test has more runs than this; a client that says otherwise is taken to mean so many. */
  static final int MOST_ATTEMPTS = 1_000_000;

  private final Books books;
  private final Instant now;

  Admission(Books books, Instant now) {
    this.books = books;
    this.now = now;
  }

  /** Why a test is refused, if it is. */
  Optional<Reason> complaint(Event.TestSubmitted submission) {
    var test = submission.test();
    return unsafeId(test)
        .or(() -> taken(test))
        .or(() -> misunderstood(test))
        .or(() -> unsafeFiles(test.execution()))
        .or(() -> nothingToRun(test.execution()))
        .or(() -> tooManyPackages(test.execution()))
        .or(() -> boundAndDetached(test))
        .or(() -> noProducts(submission))
        .or(() -> tooShort(test))
        .or(this::tooMany);
  }

  /** The test as the farm takes it. */
  LiveTest.Order order(Event.TestSubmitted submission) {
    var requirement = requirement(submission);
    boolean isNode = submission.test().demand().target() == Target.NOSE;
    var wish = isNode ? Wish.node(hostOf(requirement)) : Wish.products(requirement);
    return books.shared(
        new LiveTest.Order(
            accepted(submission),
            submission.client(),
            wish.isGroup() ? requirement : new Requirement(wish.demands()),
            wish,
            submission.test().direct(),
            new Rank(submission.test().demand().priority(), lap(submission), books.nextAge),
            now,
            books.away));
  }

  /** Where issuers are not told apart, all are in the lap that is being served. */
  private long lap(Event.TestSubmitted submission) {
    return books.settings.fairShare()
        ? books.laps.next(Laps.issuer(submission.test().origin(), submission.client()))
        : books.laps.lap();
  }

  /** The last run of the test that its client has heard of, in an earlier life of the service. */
  static int attempts(Event.TestSubmitted submission) {
    return Math.max(0, Math.min(submission.test().progress().attempt(), MOST_ATTEMPTS));
  }

  /**
   * What each of the packages of a test needs, in their order; empty for a test that is not
   * divided: one without packages, or without products.
   */
  static List<Requirement> ofPackages(Event.TestSubmitted submission) {
    var packages = submission.test().execution().packages();
    if (packages.isEmpty()
        || submission.test().demand().target() == Target.NOSE
        || !(submission.wanted() instanceof Wanted.Understood understood)) {
      return List.of();
    }
    return IntStream.range(0, packages.size()).mapToObj(understood::ofPackage).toList();
  }

  static Requirement requirement(Event.TestSubmitted submission) {
    return submission.wanted() instanceof Wanted.Understood understood
        ? understood.requirement()
        : Requirement.NO_PRODUCTS;
  }

  /** The host that a test without products asks for; of its other wishes none concerns a node. */
  private static String hostOf(Requirement requirement) {
    return requirement.products().stream()
        .map(ProductDemand::clauses)
        .map(clauses -> clauses.getOrDefault(HOSTNAME.text(), ""))
        .filter(host -> !host.isEmpty())
        .findFirst()
        .orElse("");
  }

  private TestDescription accepted(Event.TestSubmitted submission) {
    var test = submission.test();
    return new TestDescription(
        test.id().isWhole() ? test.id() : RuntimeId.whole(test.id().test()),
        test.origin(),
        accepted(test.demand()),
        test.execution().with(artifacts(test.execution()), packages(submission)),
        new TestProgress(
            TestStatus.PENDING,
            /* details= */ "",
            Instant.EPOCH,
            timeout(test),
            /* attempt= */ 0,
            /* reservedProducts= */ List.of(),
            test.progress().fault()),
        test.complaints());
  }

  private TestDemand accepted(TestDemand demand) {
    var patience =
        demand.disconnectionTimeout().isZero()
            ? books.settings.tests().disconnectionTimeout()
            : demand.disconnectionTimeout();
    return new TestDemand(
        demand.target(),
        demand.releasingMode(),
        patience,
        demand.expression(),
        demand.requiredProducts(),
        demand.priority(),
        demand.distribution().strip(),
        demand.limits());
  }

  /** Each once, the script among them. */
  private static List<String> artifacts(TestExecution execution) {
    var named = execution.artifacts();
    boolean beginsWithScript =
        execution.script().isEmpty() || named.indexOf(execution.script()) == 0;
    if (beginsWithScript && named.size() <= FEW_ARTIFACTS && isDistinct(named)) {
      return named; // as most clients send them
    }
    var artifacts = new LinkedHashSet<String>();
    if (!execution.script().isEmpty()) {
      artifacts.add(execution.script());
    }
    artifacts.addAll(execution.artifacts());
    return List.copyOf(artifacts);
  }

  private static boolean isDistinct(List<String> names) {
    for (int i = 1; i < names.size(); i++) {
      if (names.indexOf(names.get(i)) < i) {
        return false;
      }
    }
    return true;
  }

  /** The packages, each with what it needs by itself in open words. */
  private static List<TestPackageDescription> packages(Event.TestSubmitted submission) {
    var packages = submission.test().execution().packages();
    if (packages.isEmpty()) {
      return packages;
    }
    var needs = ofPackages(submission);
    return IntStream.range(0, packages.size())
        .mapToObj(
            i ->
                new TestPackageDescription(
                    packages.get(i).id(),
                    i >= needs.size() || packages.get(i).expression().isBlank()
                        ? ""
                        : needs.get(i).toString(),
                    packages.get(i).files()))
        .toList();
  }

  private Duration timeout(TestDescription test) {
    var asked = test.progress().timeout();
    return asked.isZero() ? books.settings.tests().defaultTimeout() : asked;
  }

  // ---- complaints

  private static Optional<Reason> unsafeId(TestDescription test) {
    return SafeName.complaint("test id", test.id().test().value())
        .map(sentence -> requester("bad-test-id", sentence));
  }

  private Optional<Reason> taken(TestDescription test) {
    var id = test.id().test();
    return books
        .whole(id)
        .map(WholeTest::order)
        .or(() -> books.tests.get(RuntimeId.whole(id)).map(LiveTest::order))
        .map(
            other ->
                requester(
                    "test-id-in-use",
                    "test id "
                        + Words.quoted(id.value())
                        + " is in use by a test of "
                        + other.client()
                        + " that has not ended; choose another"));
  }

  private static Optional<Reason> misunderstood(TestDescription test) {
    return test.complaints().stream()
        .findFirst()
        .map(sentence -> requester("bad-description", sentence));
  }

  private static Optional<Reason> unsafeFiles(TestExecution execution) {
    return unsafeScript(execution)
        .or(() -> unsafe("artifact", execution.artifacts()))
        .or(() -> unsafePackage(execution))
        .or(() -> ResultsWish.complaint(execution.resultsFilename()))
        .map(sentence -> requester("bad-file-name", sentence));
  }

  private static Optional<String> unsafeScript(TestExecution execution) {
    return execution.script().isEmpty()
        ? Optional.empty()
        : SafeName.complaint("executor script", execution.script());
  }

  private static Optional<String> unsafePackage(TestExecution execution) {
    for (var part : execution.packages()) {
      var complaint = unsafe("file of test package " + Words.quoted(part.id()), part.files());
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> unsafe(String what, List<String> names) {
    for (String name : names) {
      var complaint = SafeName.complaint(what, name);
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    return Optional.empty();
  }

  private static Optional<Reason> nothingToRun(TestExecution execution) {
    return execution.application().isBlank() && execution.script().isEmpty()
        ? Optional.of(
            requester(
                "no-executor",
                "the test names neither an executor application nor an executor script;"
                    + " name what the node shall run"))
        : Optional.empty();
  }

  /** Nobody would be there to bring the files of a later part, or to give products back. */
  private static Optional<Reason> boundAndDetached(TestDescription test) {
    boolean isSplit = !test.execution().packages().isEmpty();
    boolean isManual = test.demand().releasingMode() == ReleasingMode.MANUAL;
    return test.origin().bond().isDetached() && (isSplit || isManual)
        ? Optional.of(
            requester(
                "cannot-be-detached",
                "a test that outlives its client can neither "
                    + (isSplit ? "have packages" : "keep its products for it")
                    + "; start it without --detach, or without that"))
        : Optional.empty();
  }

  private static Optional<Reason> noProducts(Event.TestSubmitted submission) {
    if (submission.wanted() instanceof Wanted.Misunderstood misunderstood) {
      return Optional.of(misunderstood.reason());
    }
    int asked = requirement(submission).products().size();
    for (var need : ofPackages(submission)) {
      asked = Math.max(asked, need.products().size());
    }
    if (asked > MOST_PRODUCTS) {
      return Optional.of(
          requester(
              "too-many-products",
              "the test asks for "
                  + asked
                  + " products at once; at most "
                  + MOST_PRODUCTS
                  + " can be had"));
    }
    boolean isFlash = submission.test().demand().target() == Target.FLASH;
    return isFlash && isWithoutProducts(submission)
        ? Optional.of(
            requester(
                "no-required-products",
                "a test with target flash must say which products it requires; give a"
                    + " required-products-expression such as (rm-code:RM-763;) or a list of"
                    + " required products"))
        : Optional.empty();
  }

  /** Of a test with packages each of them needs products, and nothing else does. */
  private static boolean isWithoutProducts(Event.TestSubmitted submission) {
    var needs = ofPackages(submission);
    return needs.isEmpty()
        ? requirement(submission).products().isEmpty()
        : needs.stream().anyMatch(need -> need.products().isEmpty());
  }

  private static Optional<Reason> tooManyPackages(TestExecution execution) {
    int packages = execution.packages().size();
    return packages > MOST_PACKAGES
        ? Optional.of(
            requester(
                "too-many-packages",
                "the test has " + packages + " packages; at most " + MOST_PACKAGES + " are taken"))
        : Optional.empty();
  }

  private Optional<Reason> tooShort(TestDescription test) {
    var needed = books.settings.tests().minimalExecutionTime();
    return timeout(test).compareTo(needed) < 0
        ? Optional.of(
            requester(
                "timeout-too-short",
                "the timeout of "
                    + timeout(test).toMillis()
                    + " ms is shorter than the test-minimal-execution-time of this service, "
                    + needed.toMillis()
                    + " ms; give the test more time"))
        : Optional.empty();
  }

  private Optional<Reason> tooMany() {
    int most = books.settings.bounds().tests();
    return books.tests.size() >= most
        ? Optional.of(
            new Reason(
                Fault.FARM,
                "farm-full",
                "the farm has "
                    + books.tests.size()
                    + " tests already and takes no more than "
                    + most
                    + "; try again later"))
        : Optional.empty();
  }

  private static Reason requester(String code, String sentence) {
    return new Reason(Fault.REQUESTER, code, sentence);
  }
}

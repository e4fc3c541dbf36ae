package com.nokia.ci.tas.commons;

import com.nokia.ci.tas.commons.model.OwnLimits;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.xml.TestXml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A test that a service is asked to execute (published API; guide, "Test").
 *
 * <p>Mutable and not thread-safe; the client takes a copy when a test is started. Times are
 * milliseconds since the Unix epoch, durations milliseconds. Setters take a null text as empty, a
 * null list as an empty one, and ignore values that make no sense, unless they say otherwise. Lists
 * that getters return are the test's own: changes to them are changes to the test.
 */
public class Test {

  /** Who gives reserved products back. */
  public enum ProductReleasingMode {
    /** The service, when the test ends. */
    AUTOMATICALLY_RELEASE_RESERVED_PRODUCTS,
    /** The issuer of the test, after a test that finished. */
    MANUALLY_RELEASE_RESERVED_PRODUCTS
  }

  /** What a test needs. */
  public enum Target {
    /** Products, which may be flashed. */
    FLASH,
    /** An emulation on a node, no products. */
    NOSE
  }

  /** How far a test is. */
  public enum Status {
    /** No service has seen it. */
    UNKNOWN,
    /** Accepted; waiting for products or a node. */
    PENDING,
    /** Its executor runs. */
    STARTED,
    /** Ended because its issuer asked for it. */
    STOPPED,
    /** Executed, its results delivered. */
    FINISHED,
    /** Not executed to its end; the status details say why. */
    FAILED
  }

  public static final String TARGET_FLASH = "flash";
  public static final String TARGET_NOSE = "nose";
  public static final String PRODUCT_RELEASING_MODE_AUTOMATIC = "automatic";
  public static final String PRODUCT_RELEASING_MODE_MANUAL = "manual";
  public static final String STATUS_UNKNOWN = "unknown";
  public static final String STATUS_PENDING = "pending";
  public static final String STATUS_STARTED = "started";
  public static final String STATUS_STOPPED = "stopped";
  public static final String STATUS_FINISHED = "finished";
  public static final String STATUS_FAILED = "failed";

  public static final String XML_ELEMENT_TEST = "test";
  public static final String XML_ELEMENT_ID = "id";
  public static final String XML_ELEMENT_SUB_ID = "sub-id";
  public static final String XML_ELEMENT_WORKSPACE_PATH = "workspace-path";
  public static final String XML_ELEMENT_URL = "url";
  public static final String XML_ELEMENT_EXECUTOR_APPLICATION = "executor-application";
  public static final String XML_ELEMENT_EXECUTOR_SCRIPT = "executor-script";
  public static final String XML_ELEMENT_TARGET = "target";
  public static final String XML_ELEMENT_PRODUCT_RELEASING_MODE = "product-releasing-mode";
  public static final String XML_ELEMENT_PRODUCT_DISCONNECTION_TIMEOUT =
      "product-disconnection-timeout";
  public static final String XML_ELEMENT_START_TIME = "start-time";
  public static final String XML_ELEMENT_TIMEOUT = "timeout";
  public static final String XML_ELEMENT_RESULTS_FILENAME = "results-filename";
  public static final String XML_ELEMENT_STATUS = "status";
  public static final String XML_ELEMENT_STATUS_DETAILS = "status-details";
  public static final String XML_ELEMENT_ARTIFACTS = "artifacts";
  public static final String XML_ELEMENT_ARTIFACT = "artifact";
  public static final String XML_ELEMENT_ENVPARAMS = "envparams";
  public static final String XML_ELEMENT_ENVPARAM = "envparam";
  public static final String XML_ELEMENT_ENVPARAM_KEY = "key";
  public static final String XML_ELEMENT_ENVPARAM_VALUE = "value";
  public static final String XML_ELEMENT_TEST_PACKAGES = "test-packages";
  public static final String XML_ELEMENT_REQUIRED_ENVIRONMENT = "required-environment";
  public static final String XML_ELEMENT_REQUIRED_PRODUCTS = "required-products";
  public static final String XML_ELEMENT_RESERVED_PRODUCTS = "reserved-products";

  private String id;
  private String subId = "";
  private String workspacePath = "";
  private String url = "";
  private String project = "";
  private String plan = "";
  private int priority;
  private String distribution = "";
  private OwnLimits limits = OwnLimits.NONE;
  private boolean detached;
  private Target target = Target.FLASH;
  private ProductReleasingMode productReleasingMode =
      ProductReleasingMode.AUTOMATICALLY_RELEASE_RESERVED_PRODUCTS;
  private long productDisconnectionTimeout = Constant.FIVE_MINUTES;
  private Status status = Status.UNKNOWN;
  private String statusDetails = "";
  private long startTime;
  private long timeout = Constant.DEFAULT_TEST_TIMEOUT;
  private String executorApplication = "ipy";
  private String executorScript = "";
  private String resultsFilename = "";
  private String requiredEnvironment = "";
  private final Map<String, String> executorEnvparams = new LinkedHashMap<>();
  private final Set<String> secretExecutorEnvparams = new LinkedHashSet<>();
  private final List<String> executorParameters = new ArrayList<>();
  private final List<String> artifacts = new ArrayList<>();

  /** The same names, to look one up among many; empty: somebody else may have changed the list. */
  private Optional<Set<String>> artifactNames = Optional.of(new HashSet<>());

  private final List<TestPackage> testPackages = new ArrayList<>();
  private final List<Product> requiredProducts = new ArrayList<>();
  private final List<Product> reservedProducts = new ArrayList<>();

  /** A test on flashable products that are released automatically. */
  public Test(String id) {
    this.id = text(id);
  }

  public Test(String id, ProductReleasingMode productReleasingMode) {
    this(id, productReleasingMode, Target.FLASH);
  }

  public Test(String id, Target target) {
    this(id, ProductReleasingMode.AUTOMATICALLY_RELEASE_RESERVED_PRODUCTS, target);
  }

  public Test(String id, ProductReleasingMode productReleasingMode, Target target) {
    this(id);
    this.productReleasingMode =
        Objects.requireNonNullElse(productReleasingMode, this.productReleasingMode);
    this.target = Objects.requireNonNullElse(target, this.target);
  }

  /** A copy of everything, which shares nothing with the other test. */
  public Test(Test other) {
    this(other.id, other.productReleasingMode, other.target);
    subId = other.subId;
    workspacePath = other.workspacePath;
    url = other.url;
    project = other.project;
    plan = other.plan;
    priority = other.priority;
    distribution = other.distribution;
    limits = other.limits;
    detached = other.detached;
    productDisconnectionTimeout = other.productDisconnectionTimeout;
    status = other.status;
    statusDetails = other.statusDetails;
    startTime = other.startTime;
    timeout = other.timeout;
    executorApplication = other.executorApplication;
    executorScript = other.executorScript;
    resultsFilename = other.resultsFilename;
    requiredEnvironment = other.requiredEnvironment;
    executorEnvparams.putAll(other.executorEnvparams);
    secretExecutorEnvparams.addAll(other.secretExecutorEnvparams);
    executorParameters.addAll(other.executorParameters);
    artifacts.addAll(other.artifacts);
    artifactNames = Optional.empty();
    other.testPackages.forEach(part -> testPackages.add(new TestPackage(part)));
    other.requiredProducts.forEach(product -> requiredProducts.add(new Product(product)));
    other.reservedProducts.forEach(product -> reservedProducts.add(new Product(product)));
  }

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = text(id);
  }

  /** Empty for a whole test, {@code _1}, {@code _2} … for a part of one. */
  public String getSubId() {
    return subId;
  }

  public void setSubId(String subId) {
    this.subId = text(subId);
  }

  /** Id and sub-id joined: the name of the workspace on the node. */
  public String getRuntimeId() {
    return id + subId;
  }

  /** The directory of the issuer that has the artifacts and gets the results. */
  public String getWorkspacePath() {
    return workspacePath;
  }

  public void setWorkspacePath(String workspacePath) {
    this.workspacePath = text(workspacePath);
  }

  /** Where a person finds more about the test. */
  public String getURL() {
    return url;
  }

  public void setURL(String url) {
    this.url = text(url);
  }

  /**
   * Where the test stands in a plan, as {@link com.nokia.ci.tas.commons.model.PlanPlace#text()}
   * writes it: shown by the service, nothing more; empty: it is of none.
   */
  public String getPlan() {
    return plan;
  }

  /** What is no such text is as if it were empty. */
  public void setPlan(String plan) {
    this.plan = text(plan);
  }

  /** The project whose rights and variables count for the test; empty: those of the farm. */
  public String getProject() {
    return project;
  }

  public void setProject(String project) {
    this.project = text(project);
  }

  /** How far in front of others the test waits, from -1000 to 1000; 0 unless set. */
  public int getPriority() {
    return priority;
  }

  /**
   * Puts the test in front of those of a lower priority.
   *
   * @throws IllegalArgumentException if the priority is not between -1000 and 1000
   */
  public void setPriority(int priority) {
    if (!TestDemand.isPriority(priority)) {
      throw new IllegalArgumentException(
          "priority is "
              + priority
              + ", must be between "
              + TestDemand.LOWEST_PRIORITY
              + " and "
              + TestDemand.HIGHEST_PRIORITY);
    }
    this.priority = priority;
  }

  /** The way in which the packages are divided into sub-tests; empty: that of the service. */
  public String getDistribution() {
    return distribution;
  }

  /**
   * Says how the packages are divided into sub-tests: {@code default}, {@code perpackage}, {@code
   * balanced}, or the name of a distribution that was added to the service. Null is taken as empty.
   */
  public void setDistribution(String distribution) {
    this.distribution = text(distribution).strip();
  }

  /** How long it may wait for its products until its first start, in milliseconds; 0: not said. */
  public long getWaitingTimeout() {
    return limits.waiting().toMillis();
  }

  /** How long a node may take until the executor runs, in milliseconds; 0: not said. */
  public long getPreparationTimeout() {
    return limits.preparation().toMillis();
  }

  /** How long the executor may run, in milliseconds; 0: not said. */
  public long getExecutionTimeout() {
    return limits.execution().toMillis();
  }

  /** How many of its failures are followed by another run; -1: as many as the service allows. */
  public int getRetries() {
    return limits.retries().orElse(-1);
  }

  /**
   * Limits the waiting for products; services of before know no such limit.
   *
   * @param millis 0: as the timeout allows
   */
  public void setWaitingTimeout(long millis) {
    limits =
        new OwnLimits(
            Duration.ofMillis(Math.max(0, millis)),
            limits.preparation(),
            limits.execution(),
            limits.retries());
  }

  /**
   * Limits the time from the order to start to the start of the executor; nodes of before know no
   * such limit.
   *
   * @param millis 0: as the timeout allows
   */
  public void setPreparationTimeout(long millis) {
    limits =
        new OwnLimits(
            limits.waiting(),
            Duration.ofMillis(Math.max(0, millis)),
            limits.execution(),
            limits.retries());
  }

  /**
   * Limits the time for which the executor runs; nodes of before know no such limit.
   *
   * @param millis 0: as the timeout allows
   */
  public void setExecutionTimeout(long millis) {
    limits =
        new OwnLimits(
            limits.waiting(),
            limits.preparation(),
            Duration.ofMillis(Math.max(0, millis)),
            limits.retries());
  }

  /**
   * Limits how often the test is run again after a failure.
   *
   * @param retries 0: never; the service allows no more than its {@code
   *     maximal-number-of-retries-for-failed-test}. Below 0: as many as the service allows
   * @throws IllegalArgumentException if there are more than 1000
   */
  public void setRetries(int retries) {
    limits =
        new OwnLimits(
            limits.waiting(),
            limits.preparation(),
            limits.execution(),
            retries < 0 ? Optional.empty() : Optional.of(retries));
  }

  /** Whether the test goes on when its client has left; false unless set. */
  public boolean isDetached() {
    return detached;
  }

  /**
   * Lets the test outlive its client: its output and results stay on the node until somebody asks
   * for them, or the node's retention time is over.
   */
  public void setDetached(boolean detached) {
    this.detached = detached;
  }

  public Target getTarget() {
    return target;
  }

  public void setTarget(Target target) {
    this.target = Objects.requireNonNullElse(target, this.target);
  }

  public ProductReleasingMode getProductReleasingMode() {
    return productReleasingMode;
  }

  public void setProductReleasingMode(ProductReleasingMode productReleasingMode) {
    this.productReleasingMode =
        Objects.requireNonNullElse(productReleasingMode, this.productReleasingMode);
  }

  /** How long a reserved product may be gone before the test fails. */
  public long getProductDisconnectionTimeout() {
    return productDisconnectionTimeout;
  }

  public void setProductDisconnectionTimeout(long productDisconnectionTimeout) {
    if (productDisconnectionTimeout > 0) {
      this.productDisconnectionTimeout = productDisconnectionTimeout;
    }
  }

  public Status getStatus() {
    return status;
  }

  public void setStatus(Status status) {
    this.status = Objects.requireNonNullElse(status, this.status);
  }

  public void setStatus(Status status, String statusDetails) {
    setStatus(status);
    setStatusDetails(statusDetails);
  }

  public String getStatusDetails() {
    return statusDetails;
  }

  public void setStatusDetails(String statusDetails) {
    this.statusDetails = text(statusDetails);
  }

  /** When its executor was started, 0 if it was not. */
  public long getStartTime() {
    return startTime;
  }

  public void setStartTime(long startTime) {
    if (startTime > 0) {
      this.startTime = startTime;
    }
  }

  /** How long the test may take from the moment the service receives it. */
  public long getTimeout() {
    return timeout;
  }

  public void setTimeout(long timeout) {
    if (timeout > 0) {
      this.timeout = timeout;
    }
  }

  /**
   * Whether the timeout is over now.
   *
   * @param startedAt when the time began to run
   */
  public boolean isExpired(long startedAt) {
    return System.currentTimeMillis() - startedAt > timeout;
  }

  /** What runs the script on the node, with arguments if any; empty: the script runs by itself. */
  public String getExecutorApplication() {
    return executorApplication;
  }

  public void setExecutorApplication(String executorApplication) {
    this.executorApplication = text(executorApplication);
  }

  public String getExecutorScript() {
    return executorScript;
  }

  /** The script is one of the artifacts; an empty name is no script and adds none. */
  public void setExecutorScript(String executorScript) {
    this.executorScript = text(executorScript);
    addArtifact(this.executorScript);
  }

  /** Environment variables of the executor, in the order in which they were added. */
  public Map<String, String> getExecutorEnvparams() {
    return executorEnvparams;
  }

  public void setExecutorEnvparams(Map<String, String> executorEnvparams) {
    Map<String, String> wanted =
        executorEnvparams == null ? Map.of() : new LinkedHashMap<>(executorEnvparams);
    this.executorEnvparams.clear();
    wanted.forEach(this::addexecutorEnvparam);
  }

  /** Adds or replaces an environment variable; an empty key is ignored. */
  public void addexecutorEnvparam(String key, String value) {
    if (key != null && !key.isEmpty()) {
      executorEnvparams.put(key, text(value));
    }
  }

  /**
   * Adds or replaces an environment variable whose value is a secret: it reaches the executor and
   * is masked wherever anybody else could see it. An empty key, or one with a blank in it, is
   * ignored.
   */
  public void addSecretExecutorEnvparam(String key, String value) {
    if (key != null && !key.isEmpty() && key.chars().noneMatch(Character::isWhitespace)) {
      addexecutorEnvparam(key, value);
      secretExecutorEnvparams.add(key);
    }
  }

  /** The names of the environment variables whose values are secret. */
  public Set<String> getSecretExecutorEnvparams() {
    return Collections.unmodifiableSet(secretExecutorEnvparams);
  }

  /** Kept for programs that set them; neither transmitted nor used. */
  public List<String> getExecutorParameters() {
    return executorParameters;
  }

  public void setExecutorParameters(List<String> executorParameters) {
    List<String> wanted = copy(executorParameters);
    this.executorParameters.clear();
    this.executorParameters.addAll(wanted);
  }

  /** The file that the executor leaves for the issuer; empty: none. */
  public String getResultsFilename() {
    return resultsFilename;
  }

  public void setResultsFilename(String resultsFilename) {
    this.resultsFilename = text(resultsFilename);
  }

  /** Names of the files in the workspace path that the node needs. */
  public List<String> getArtifacts() {
    artifactNames = Optional.empty();
    return artifacts;
  }

  public void setArtifacts(List<String> artifacts) {
    var wanted = new LinkedHashSet<>(copy(artifacts));
    wanted.removeIf(name -> name == null || name.isEmpty());
    this.artifacts.clear();
    this.artifacts.addAll(wanted);
    artifactNames = artifactNames.map(names -> wanted);
  }

  /** Adds an artifact unless its name is empty or there already. */
  public void addArtifact(String artifact) {
    if (artifact != null
        && !artifact.isEmpty()
        && artifactNames
            .map(names -> names.add(artifact))
            .orElseGet(() -> !artifacts.contains(artifact))) {
      artifacts.add(artifact);
    }
  }

  /** Parts that may run on products of their own, beside each other. */
  public List<TestPackage> getTestPackages() {
    return testPackages;
  }

  public void setTestPackages(List<TestPackage> testPackages) {
    List<TestPackage> wanted = copy(testPackages);
    this.testPackages.clear();
    wanted.forEach(this::addTestPackage);
  }

  /** Adds a package; null is ignored. */
  public void addTestPackage(TestPackage testPackage) {
    if (testPackage != null) {
      testPackages.add(testPackage);
    }
  }

  public int getNumberOfTestPackages() {
    return testPackages.size();
  }

  /** The products that the test needs, all at once and on one node. */
  public List<Product> getRequiredProducts() {
    return requiredProducts;
  }

  public void setRequiredProducts(List<Product> requiredProducts) {
    List<Product> wanted = copy(requiredProducts);
    this.requiredProducts.clear();
    wanted.forEach(this::addRequiredProduct);
  }

  /** Adds a product that the test needs; null is ignored. */
  public void addRequiredProduct(Product product) {
    if (product != null) {
      requiredProducts.add(product);
    }
  }

  /** The required-products expression, used instead of the list when it is not empty. */
  public String getRequiredEnvironment() {
    return requiredEnvironment;
  }

  public void setRequiredEnvironment(String requiredEnvironment) {
    this.requiredEnvironment = text(requiredEnvironment);
  }

  /** The products that the test was given. */
  public List<Product> getReservedProducts() {
    return reservedProducts;
  }

  public void setReservedProducts(List<Product> reservedProducts) {
    List<Product> given = copy(reservedProducts);
    this.reservedProducts.clear();
    given.stream().filter(Objects::nonNull).forEach(this.reservedProducts::add);
  }

  /** The test as the {@code test} block of a message, one element a line. */
  public String toXML() {
    return toXML("");
  }

  /** The same, each line preceded by the indent. */
  public String toXML(String indent) {
    return TestXml.fragment(Published.description(this), indent);
  }

  /** The test in one line, for a person. */
  @Override
  public String toString() {
    var text = new StringBuilder(getRuntimeId()).append(" (").append(Published.word(status));
    if (!statusDetails.isEmpty()) {
      text.append(": ").append(statusDetails);
    }
    text.append(')');
    return reservedProducts.isEmpty() ? text.toString() : text + " on " + reservedProducts;
  }

  private static String text(String value) {
    return Objects.requireNonNullElse(value, "");
  }

  private static <T> List<T> copy(List<T> list) {
    return list == null ? List.of() : new ArrayList<>(list);
  }
}

package com.nokia.ci.tas.communicator;

import com.nokia.ci.tas.commons.launch.Arguments;
import com.nokia.ci.tas.commons.launch.Daemon;
import com.nokia.ci.tas.commons.launch.FatalErrors;
import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.StandIns;
import com.nokia.ci.tas.commons.trust.FarmKey;
import com.nokia.ci.tas.communicator.artifact.ArtifactSettings;
import com.nokia.ci.tas.communicator.artifact.ExchangeSettings;
import com.nokia.ci.tas.communicator.edge.SessionTerms;
import com.nokia.ci.tas.communicator.execution.KeepRule;
import com.nokia.ci.tas.communicator.execution.ProductArgument;
import com.nokia.ci.tas.communicator.keeping.KeepLimits;
import com.nokia.ci.tas.communicator.local.RunLocal;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a communicator from the command line. */
public final class TestAutomationCommunicator {
  private static final String SERVICE_HOST = "TestAutomationServiceHostname";
  private static final String SERVICE_PORT = "TestAutomationServicePortNumber";
  private static final String OWN_HOST = "TestAutomationCommunicatorHostname";
  private static final String OWN_PORT = "TestAutomationCommunicatorPortNumber";
  private static final String DESCRIPTION = "TestAutomationCommunicatorDescription";
  private static final String PROXY_HOST = "CIProxyHostname";
  private static final String PROXY_PORT = "CIProxyPortNumber";
  private static final String KEPT_CONNECTION = "KeptConnection";
  private static final String FARM_KEY = "FarmKey";
  private static final String KEEP_FAILED = "--keep-workspaces-of-failed-tests";
  private static final String KEEP_ALL = "--keep-workspaces-of-all-tests";
  private static final String CLEANUP = "--cleanup-period-in-days";
  private static final String PRODUCT_ARGUMENT = "--executor-product-argument";
  private static final String CACHE_SIZE = "ArtifactCacheSize";
  private static final String LINKS = "ArtifactLinks";
  private static final String LEND = "LendArtifacts";
  private static final String BORROW = "BorrowArtifacts";
  private static final String BORROW_PATIENCE = "BorrowPatience";
  private static final String RESULTS_RETENTION = "ResultsRetention";
  private static final String RESULTS_LIMIT = "ResultsLimit";
  private static final String DISK_WARNING = "DiskWarning";
  private static final int DEFAULT_CLEANUP_DAYS = 7;

  private TestAutomationCommunicator() {}

  public static void main(String[] args) {
    FatalErrors.end(() -> Runtime.getRuntime().halt(FatalErrors.EXIT_CODE));
    // The way to start processes that does not copy the page tables of this one first; has to be
    // chosen before the first process.
    if (System.getProperty("jdk.lang.Process.launchMechanism") == null
        && System.getProperty("os.name", "").startsWith("Linux")) {
      System.setProperty("jdk.lang.Process.launchMechanism", "VFORK");
    }
    System.exit(run(args));
  }

  private static int run(String... args) {
    if (args.length > 0 && args[0].equals(RunLocal.COMMAND)) {
      return RunLocal.run(
          writer(System.out), writer(System.err), Arrays.copyOfRange(args, 1, args.length));
    }
    return Daemon.run(
        TestAutomationCommunicator.class,
        arguments(),
        (parsed, end) -> CommunicatorProgram.start(settings(parsed, System.getenv())),
        args);
  }

  /** What executors print is UTF-8, and so it stays. */
  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  static Arguments arguments() {
    return Arguments.of(
            "TestAutomationCommunicator.jar",
            "Runs the tests that a Test Automation Service sends to this test node.")
        .with(
            Option.value(
                SERVICE_HOST,
                "Hostname of the machine where Test Automation Service is running. With a stand-by:"
                    + " both, as host:port with a comma between them."),
            Option.value(
                SERVICE_PORT,
                "31415",
                "Port number that Test Automation Service is using for incoming communications."),
            Option.value(
                OWN_PORT,
                Integer.toString(CommunicatorSettings.DEFAULT_PORT),
                "Port number to be used by Communicator; when it is taken, the next free one is."),
            Option.value(OWN_HOST, "Name of this machine as service and clients can reach it."),
            Option.value(DESCRIPTION, "A short description about this Communicator instance."),
            Option.value(PROXY_HOST, "localhost", "Hostname of the machine where CI Proxy runs."),
            Option.value(PROXY_PORT, "14999", "Port number of CI Proxy."),
            Option.value(
                KEPT_CONNECTION,
                "on",
                "on: keep one connection to the service, over which everything goes; off: speak the"
                    + " plain protocol."),
            Option.value(
                FARM_KEY,
                "Key file of the farm, for a service on another machine; without it the variable "
                    + FarmKey.VARIABLE
                    + " names the file."),
            Option.flag(KEEP_FAILED, "Preserves the workspaces of failed tests."),
            Option.flag(
                KEEP_ALL, "Preserves the workspaces of all tests ever issued on this test node."),
            Option.value(
                CLEANUP,
                Integer.toString(DEFAULT_CLEANUP_DAYS),
                "Preserved workspaces older than this are deleted."),
            Option.value(
                PRODUCT_ARGUMENT,
                ProductArgument.FILE.text(),
                "What an executor gets for each product: file, which is role:/path/IMEI.xml, or"
                    + " serial-number."),
            Option.value(
                CACHE_SIZE,
                "How much is kept of artifacts that no test uses, such as 20G; without it a quarter"
                    + " of the free disk, at most 50G."),
            Option.value(
                LINKS,
                "on",
                "on: large artifacts are linked into workspaces, read-only, where the file system"
                    + " cannot clone them; off: they are copied."),
            Option.value(
                LEND, "on", "on: other nodes of the farm may get artifacts from here; off: none."),
            Option.value(
                BORROW,
                "16M",
                "Artifacts of this size and more are asked for at other nodes that have them before"
                    + " the client; off: never."),
            Option.value(
                BORROW_PATIENCE,
                Long.toString(ExchangeSettings.DEFAULT.patience().toSeconds()),
                "Seconds for which another node may send nothing of an artifact before the next one,"
                    + " or the client, is asked."),
            Option.value(
                RESULTS_RETENTION,
                Long.toString(KeepLimits.DEFAULT.retention().toHours()),
                "Hours for which output and results of a test are kept, and tried to be delivered."),
            Option.value(
                RESULTS_LIMIT,
                "10G",
                "How much output and results may take in all; the oldest go first."),
            Option.value(
                DISK_WARNING,
                "1G",
                "Free disk below which the node warns and deletes results that were delivered."))
        .with(ExecutorArguments.options())
        .with(GateArguments.options())
        .with(HealthArguments.options())
        .example(
            "TestAutomationServiceHostname=tas.example.com TestAutomationServicePortNumber=31415"
                + " --keep-workspaces-of-failed-tests")
        .remark("Without one of the keep flags the workspace of a test is deleted at its end.")
        .remark(
            "The directory workspace is always emptied at the start: what is to be kept goes to"
                + " kept-workspaces.")
        .remark(
            "\"run-local\" as the first argument runs one test on this machine without a farm;"
                + " \"run-local --help\" tells more.");
  }

  static CommunicatorSettings settings(ParsedArguments parsed, Map<String, String> environment) {
    var serviceHost =
        parsed
            .given(SERVICE_HOST)
            .orElseThrow(
                () ->
                    new SettingsException(
                        "argument "
                            + SERVICE_HOST
                            + " is missing; write "
                            + SERVICE_HOST
                            + "=<host.name> of the service"));
    List<Endpoint> services =
        Arrays.stream(serviceHost.split(",", -1))
            .map(place -> service(place.strip(), parsed.port(SERVICE_PORT)))
            .toList();
    return new CommunicatorSettings(
        services.get(0),
        session(parsed, environment),
        new CommunicatorSettings.Own(
            parsed.given(OWN_HOST), parsed.port(OWN_PORT), parsed.text(DESCRIPTION)),
        new Endpoint(parsed.text(PROXY_HOST).strip(), parsed.port(PROXY_PORT)),
        Path.of(""),
        new CommunicatorSettings.Runs(
            keep(parsed),
            cleanup(parsed),
            productArgument(parsed),
            artifacts(parsed),
            results(parsed),
            HealthArguments.settings(parsed)),
        CommunicatorLimits.defaults()
            .with(StandIns.of(services))
            .with(ExecutorArguments.settings(parsed))
            .with(GateArguments.settings(parsed)));
  }

  /** One place of the service: a host, which may be an address with colons, or host:port. */
  private static Endpoint service(String place, int usualPort) {
    boolean hasPort = place.startsWith("[") || place.indexOf(':') == place.lastIndexOf(':');
    if (place.indexOf(':') < 0 || !hasPort) {
      return new Endpoint(place, usualPort);
    }
    try {
      return Endpoint.parse(place);
    } catch (IllegalArgumentException e) {
      throw new SettingsException("argument " + SERVICE_HOST + ": " + e.getMessage(), e);
    }
  }

  private static Optional<SessionTerms> session(
      ParsedArguments parsed, Map<String, String> environment) {
    String word = parsed.text(KEPT_CONNECTION);
    return switch (word) {
      case "on" ->
          Optional.of(SessionTerms.with(FarmKey.named(parsed.given(FARM_KEY), environment)));
      case "off" -> Optional.empty();
      default ->
          throw new SettingsException(
              "argument " + KEPT_CONNECTION + "=" + word + " is neither on nor off");
    };
  }

  private static ArtifactSettings artifacts(ParsedArguments parsed) {
    var exchange =
        new ExchangeSettings(
            isOn(LEND, parsed),
            ExchangeSettings.borrowsFrom(BORROW, parsed.text(BORROW)),
            Duration.ofSeconds(parsed.number(BORROW_PATIENCE, 1, 3_600)));
    return new ArtifactSettings(
        ArtifactSettings.size(CACHE_SIZE, parsed.given(CACHE_SIZE)), isOn(LINKS, parsed), exchange);
  }

  private static boolean isOn(String argument, ParsedArguments parsed) {
    String word = parsed.text(argument);
    return switch (word) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw new SettingsException(
              "argument " + argument + "=" + word + " is neither on nor off");
    };
  }

  private static KeepLimits results(ParsedArguments parsed) {
    return new KeepLimits(
        Duration.ofHours(parsed.number(RESULTS_RETENTION, 1, 24 * 365)),
        size(RESULTS_LIMIT, parsed),
        size(DISK_WARNING, parsed));
  }

  private static long size(String argument, ParsedArguments parsed) {
    return ArtifactSettings.size(argument, Optional.of(parsed.text(argument)))
        .orElseThrow(() -> new SettingsException("argument " + argument + " is empty"));
  }

  private static KeepRule keep(ParsedArguments parsed) {
    return parsed.has(KEEP_ALL)
        ? KeepRule.ALL
        : parsed.has(KEEP_FAILED) ? KeepRule.FAILED : KeepRule.NONE;
  }

  private static Duration cleanup(ParsedArguments parsed) {
    long days = parsed.number(CLEANUP, Integer.MIN_VALUE, 36_500);
    return Duration.ofDays(days <= 0 ? DEFAULT_CLEANUP_DAYS : days);
  }

  private static ProductArgument productArgument(ParsedArguments parsed) {
    String word = parsed.text(PRODUCT_ARGUMENT);
    return ProductArgument.of(word)
        .orElseThrow(
            () ->
                new SettingsException(
                    "argument "
                        + PRODUCT_ARGUMENT
                        + "="
                        + word
                        + " is neither file nor serial-number"));
  }
}

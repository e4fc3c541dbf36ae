package com.nokia.ci.tas.commons.xml;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.message.TextNumber;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ReleasingMode;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One message of each kind, as the protocol reference shows them, by the names of their files. */
final class GoldenMessages {
  private static final Endpoint CLIENT = new Endpoint("ci-1.example.com", 20321);
  private static final Endpoint SERVICE = new Endpoint("tas.example.com", 31415);
  private static final Endpoint NODE = new Endpoint("node-1.example.com", 27182);
  private static final RuntimeId NIGHTLY = RuntimeId.of("nightly_7");
  private static final Instant STARTED = Instant.ofEpochMilli(1_351_666_792_763L);

  private static final ProductDescription PRODUCT =
      ProductDescription.of(
          Map.ofEntries(
              Map.entry("sn", "ABCD1234"),
              Map.entry("sw-version", "1.2.3.4"),
              Map.entry("imei", "004402470970868"),
              Map.entry("rm-code", "RM-763"),
              Map.entry("hardware-type", "X1"),
              Map.entry("role", "main"),
              Map.entry("status", "free"),
              Map.entry("tas-hostname", "tas.example.com"),
              Map.entry("tas-port", "31415"),
              Map.entry("environment", "Bluetooth"),
              Map.entry("rack", "4"),
              Map.entry("sim1-phone-number", "+3585550000001"),
              Map.entry("sim1-operator", "Elisa"),
              Map.entry("sim1-operator-code", "24405"),
              Map.entry("sim1-pin1", "1234"),
              Map.entry("sim1-pin2", "2222"),
              Map.entry("sim1-puk1", "11111111"),
              Map.entry("sim1-puk2", "22222222"),
              Map.entry("sim1-security-code", "12345")));

  private static final ProductDescription BUSY =
      PRODUCT.with(
          Map.of(
              "status",
              "busy",
              "status-details",
              "nightly_7",
              "reservation-time",
              "1351666792700",
              "reservation-timeout",
              "3600000"));

  private static final TestDescription TEST =
      new TestDescription(
          NIGHTLY,
          new TestOrigin("/build/nightly_7", "http://ci-1.example.com/job?name=nightly&build=7"),
          new TestDemand(
              Target.FLASH,
              ReleasingMode.AUTOMATIC,
              Duration.ofMinutes(5),
              "(rm-code:RM-763;environment:Bluetooth;)",
              List.of()),
          new TestExecution(
              "python3",
              "execute.py",
              List.of("execute.py", "image.bin"),
              parameters(),
              List.of(),
              "results.zip"),
          TestProgress.NONE.within(Duration.ofHours(1)),
          List.of());

  private GoldenMessages() {}

  static Map<String, Message> all() {
    var all = new TreeMap<String, Message>();
    var kept = TEST.with(TEST.progress().reserving(List.of(BUSY)).attempt(1));
    var started = kept.with(kept.progress().startedAt(STARTED)).with(TestStatus.STARTED, "");
    all.put("test-start", test(CLIENT, SERVICE, TestOperation.Kind.START, TEST));
    all.put("test-start-with-list", test(CLIENT, SERVICE, TestOperation.Kind.START, asking()));
    all.put("test-start-with-packages", test(CLIENT, SERVICE, TestOperation.Kind.START, split()));
    all.put(
        "test-pending",
        test(SERVICE, CLIENT, TestOperation.Kind.UPDATE, TEST.with(TestStatus.PENDING, "")));
    all.put(
        "test-start-on-node",
        test(CLIENT, NODE, TestOperation.Kind.START, kept.with(TestStatus.STARTED, "")));
    all.put("test-started", test(SERVICE, CLIENT, TestOperation.Kind.UPDATE, started));
    var failed = started.with(TestStatus.FAILED, "executor ended with exit code 3 & no results");
    all.put(
        "test-failed",
        test(
            SERVICE,
            CLIENT,
            TestOperation.Kind.UPDATE,
            failed.with(failed.progress().blaming(Fault.TEST))));
    var named = TestDescription.named(NIGHTLY);
    all.put("test-stop", test(CLIENT, SERVICE, TestOperation.Kind.STOP, named));
    all.put("test-check", test(CLIENT, SERVICE, TestOperation.Kind.CHECK, named));
    all.put(
        "test-unknown",
        test(
            SERVICE,
            CLIENT,
            TestOperation.Kind.STOP,
            named.with(TestStatus.FAILED, "test nightly_7 is not known here")));
    all.put("product-add", product(NODE, SERVICE, ProductOperation.Kind.ADD, PRODUCT));
    all.put(
        "product-reserved",
        new ProductOperation(
            SERVICE, NODE, ProductOperation.Kind.UPDATE, Optional.of(NIGHTLY), BUSY));
    all.put(
        "product-remove",
        product(
            NODE,
            SERVICE,
            ProductOperation.Kind.REMOVE,
            PRODUCT.with(Map.of("disconnection-time", "1351666793000"))));
    all.put("product-release", product(CLIENT, SERVICE, ProductOperation.Kind.UPDATE, released()));
    all.put("file-get", file(NODE, CLIENT, FileOperation.Kind.GET, "image.bin", -1));
    all.put("file-put", file(CLIENT, NODE, FileOperation.Kind.PUT, "image.bin", 80384));
    all.put("file-abort", file(CLIENT, NODE, FileOperation.Kind.ABORT, "image.bin", -1));
    all.put(
        "registry-node",
        new RegistryOperation(
            NODE,
            SERVICE,
            RegistryOperation.Kind.REGISTER,
            RegistryOperation.Remote.TEST_NODE,
            Optional.of(new NodeDescription(NODE, "rack 4", "0.1.0"))));
    all.put(
        "registry-client",
        new RegistryOperation(
            CLIENT,
            SERVICE,
            RegistryOperation.Kind.REGISTER,
            RegistryOperation.Remote.CLIENT,
            Optional.empty()));
    var offer = SessionOffer.of("5d0c9f2e8a4b4c7e9d1f3a2b1c0d9e8f");
    all.put(
        "session-of-client",
        new RegistryOperation(
                CLIENT,
                SERVICE,
                RegistryOperation.Kind.REGISTER,
                RegistryOperation.Remote.CLIENT,
                Optional.empty())
            .offering(offer.withToken(Optional.of("tas-c-9f8e7d6c5b4a"))));
    var products = List.of(new ProductId("004402470970868"), new ProductId("004402136230483"));
    all.put(
        "session-of-node",
        new RegistryOperation(
                NODE,
                SERVICE,
                RegistryOperation.Kind.UPDATE,
                RegistryOperation.Remote.TEST_NODE,
                Optional.of(new NodeDescription(NODE, "rack 4", "0.1.0")))
            .offering(offer.resuming(new SessionOffer.Resumption("7f3a", "c0ffee12", 41)))
            .running(
                List.of(
                    new RunReference(NIGHTLY, 1, products),
                    new RunReference(RuntimeId.of("smoke_2_1"), 3, List.of()))));
    all.put(
        "session-facts",
        new RegistryOperation(
                NODE,
                SERVICE,
                RegistryOperation.Kind.UPDATE,
                RegistryOperation.Remote.TEST_NODE,
                Optional.of(new NodeDescription(NODE, "rack 4", "0.1.0")))
            .telling(
                NodeFacts.of(
                    Map.of(
                        "operating-system",
                        "Debian GNU/Linux 12 (bookworm)",
                        "processors",
                        "8",
                        "disk-free-bytes",
                        "412316860416"))));
    all.put("session-start", test(CLIENT, SERVICE, TestOperation.Kind.START, direct()));
    all.put(
        "session-file",
        new FileOperation(
            CLIENT,
            NODE,
            FileOperation.Kind.PUT,
            named,
            FileReference.named("image.bin")
                .sized(3)
                .digested("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
    all.put(
        "session-text",
        new TextMessage(NODE, CLIENT, named, "flashing", Optional.of(new TextNumber(2, 17))));
    all.put(
        "text",
        new TextMessage(
            NODE, CLIENT, named, "2026-11-20 10:00:00 nightly_7: flashing\n  if (a < b) <ok>"));
    return all;
  }

  private static TestDescription direct() {
    return TEST.with(
            TEST.execution().with(Map.of("LAB_PASSWORD", "s3cret"), Set.of("LAB_PASSWORD")))
        .with(TEST.progress().by("direct"))
        .directly(Optional.of(new DirectAccess(CLIENT, "b7a1f0c2", Optional.of("0f".repeat(32)))));
  }

  private static TestDescription asking() {
    var asked =
        List.of(
            ProductDescription.of(Map.of("rm-code", "RM-763", "role", "main")),
            ProductDescription.of(Map.of("role", "remote", "sim1-phone-number", "+3585550000002")));
    return TEST.with(
        new TestDemand(Target.FLASH, ReleasingMode.MANUAL, Duration.ofMinutes(5), "", asked));
  }

  private static TestDescription split() {
    var execution =
        new TestExecution(
            "python3",
            "execute.py",
            List.of("execute.py"),
            Map.of(),
            List.of(
                new TestPackageDescription("calls", "", List.of("calls.py")),
                new TestPackageDescription(
                    "camera", "(rm-code:RM-980;)", List.of("camera.py", "pattern.png"))),
            "results.zip");
    return TEST.with(execution);
  }

  private static ProductDescription released() {
    return ProductDescription.of(
        Map.of(
            "imei",
            "004402470970868",
            "status",
            "free",
            "tas-hostname",
            "tas.example.com",
            "tas-port",
            "31415"));
  }

  private static Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("LANG", "C");
    parameters.put("SUITE", "calls & camera");
    return parameters;
  }

  private static Message test(
      Endpoint from, Endpoint to, TestOperation.Kind kind, TestDescription test) {
    return new TestOperation(from, to, kind, test);
  }

  private static Message product(
      Endpoint from, Endpoint to, ProductOperation.Kind kind, ProductDescription product) {
    return new ProductOperation(from, to, kind, Optional.empty(), product);
  }

  private static Message file(
      Endpoint from, Endpoint to, FileOperation.Kind kind, String name, long size) {
    var test = TestDescription.named(new RuntimeId(new TestId("nightly_7"), "_2"));
    return new FileOperation(from, to, kind, test, FileReference.named(name).sized(size));
  }
}

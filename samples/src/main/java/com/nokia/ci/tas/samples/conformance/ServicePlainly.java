package com.nokia.ci.tas.samples.conformance;

import static com.nokia.ci.tas.samples.conformance.Kit.leaf;
import static com.nokia.ci.tas.samples.conformance.Kit.operation;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A service in the plain protocol: this side is its client and its node. */
final class ServicePlainly implements AutoCloseable {
  private static final String CHECK =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <message>
      \t<type>test-operation</type>
      \t<sender>
      \t\t<hostname>HOST</hostname>
      \t\t<port>PORT</port>
      \t</sender>
      \t<envelope>
      \t\t<operation>check</operation>
      \t\t<test>
      \t\t\t<id>ID</id>
      \t\t</test>
      \t</envelope>
      </message>
      """;

  private static final int MOST_CHECKS = 100;
  private static final long PAUSE_MILLISECONDS = 100;

  private final Report report;
  private final Address service;
  private final PlainPort client;
  private final PlainPort node;

  ServicePlainly(Kit kit, Address service) throws IOException {
    this.report = kit.report();
    this.service = service;
    this.client = PlainPort.open(kit.host(), kit.patience());
    this.node = PlainPort.open(kit.host(), kit.patience());
  }

  void talk() {
    layouts();
    badBytes();
    testsNobodyKnows();
    aTestThatWaits();
    aTestFromStartToEnd();
  }

  private void say(Address sender, String type, String envelope) throws IOException {
    PlainPort.send(service, Spoken.message(type, sender, service, envelope));
  }

  private void order(String operation, String id, String leaves) throws IOException {
    say(client.address(), "test-operation", operation(operation) + Kit.test(id, leaves));
  }

  private Spoken told(String id, String operation, String status) throws InterruptedException {
    return client
        .mailbox()
        .await(
            operation + " of " + id + " with status " + status,
            it ->
                it.type().equals("test-operation")
                    && it.operation().equals(operation)
                    && it.runtimeId().equals(id)
                    && it.status().equals(status));
  }

  /**
   * Whether a check of a test that was stopped is answered with its end once more: so it is until
   * the service knows that the end was heard. Then nobody knows the test.
   */
  private boolean isToldAsEnded(String id) throws IOException, InterruptedException {
    order("check", id, "");
    return client
        .mailbox()
        .await(
            "stop of " + id + " with status failed, or its end once more",
            it ->
                it.type().equals("test-operation")
                    && it.runtimeId().equals(id)
                    && ((it.operation().equals("stop") && it.status().equals("failed"))
                        || (it.operation().equals("update") && it.status().equals("stopped"))))
        .operation()
        .equals("update");
  }

  private void layouts() {
    report.conversation("Messages of any layout are read");
    report.in("protocol 2");
    layoutsOfCheck()
        .forEach(
            (claim, message) -> {
              String id = Kit.unique("layout");
              report.claim(
                  claim,
                  () -> {
                    PlainPort.send(service, addressed(message, id));
                    told(id, "stop", "failed");
                  });
            });
    report
        .in("protocol 1")
        .claim(
            "a message that comes byte by byte",
            () -> {
              String id = Kit.unique("bytes");
              try (Socket socket = PlainPort.connect(service)) {
                for (byte b : addressed(CHECK, id).getBytes(StandardCharsets.UTF_8)) {
                  socket.getOutputStream().write(b);
                  socket.getOutputStream().flush();
                }
              }
              told(id, "stop", "failed");
            });
    report.claim(
        "bytes behind a message are not read",
        () -> {
          String id = Kit.unique("behind");
          PlainPort.send(service, addressed(CHECK, id) + "<message>more");
          told(id, "stop", "failed");
        });
    report.claim(
        "a connection without a byte is not answered",
        () -> {
          String answer = PlainPort.send(service, new byte[0]);
          BrokenClaim.unless(answer.isEmpty(), "the answer is " + answer);
        });
  }

  private String addressed(String message, String id) {
    return message
        .replace("HOST", client.address().host())
        .replace("PORT", Integer.toString(client.address().port()))
        .replace("ID", id);
  }

  private static Map<String, String> layoutsOfCheck() {
    String oneLine = CHECK.replaceAll("\n\t*", "");
    var layouts = new LinkedHashMap<String, String>();
    layouts.put("one element a line", CHECK);
    layouts.put("all on one line", oneLine);
    layouts.put("lines that end with CR LF", CHECK.replace("\n", "\r\n"));
    layouts.put("no declaration", CHECK.substring(CHECK.indexOf('\n') + 1));
    layouts.put("a byte order mark", "\uFEFF" + CHECK);
    layouts.put("names in capitals", CHECK.replace("envelope", "ENVELOPE"));
    layouts.put(
        "prefixes and attributes",
        CHECK
            .replace("<message>", "<m:message xmlns:m='u' a='1'>")
            .replace("</message>", "</m:message>"));
    layouts.put(
        "comments and CDATA sections", CHECK.replace("check", "<!-- ? --><![CDATA[check]]>"));
    layouts.put("character references", CHECK.replace("check", "&#99;heck"));
    layouts.put(
        "elements that nobody knows",
        CHECK.replace("<operation>", "<new><id>x</id></new><operation>"));
    layouts.put("elements in another order", otherOrder());
    layouts.put("values that are not escaped", CHECK.replace("</id>", "</id>\n<url>a & b</url>"));
    return layouts;
  }

  private static String otherOrder() {
    return "<message><envelope><test><id>ID</id></test><operation>check</operation></envelope>"
        + "<sender><port>PORT</port><hostname>HOST</hostname></sender>"
        + "<type>test-operation</type></message>\n";
  }

  private void badBytes() {
    report.conversation("What is no message is refused");
    refused("bytes that are no XML", "hello\n");
    refused("a document type", "<!DOCTYPE message><message></message>\n");
    refused("a message that is cut off", CHECK.substring(0, CHECK.length() / 2));
    refused("a type that nobody knows", CHECK.replace("test-operation", "coffee-operation"));
    refused("an operation that nobody knows", CHECK.replace("check", "brew"));
    refused("a message without what its type needs", CHECK.replaceAll("(?s)<test>.*</test>", ""));
    report
        .in("protocol 1")
        .claim(
            "the next message is taken as if nothing had been",
            () -> {
              String id = Kit.unique("after");
              PlainPort.send(service, addressed(CHECK, id));
              told(id, "stop", "failed");
            });
  }

  private void refused(String claim, String bytes) {
    report
        .in("protocol 9")
        .claim(
            claim + ": one line, then the end",
            () -> {
              String answer =
                  PlainPort.send(service, addressed(bytes, "x").getBytes(StandardCharsets.UTF_8));
              BrokenClaim.unless(
                  !answer.isBlank() && answer.strip().lines().count() == 1,
                  "the answer is \"" + answer + "\"");
            });
  }

  private void testsNobodyKnows() {
    report.conversation("Tests that nobody knows");
    report.in("protocol 7.6");
    for (String operation : new String[] {"check", "stop"}) {
      report.claim(
          operation + " of such a test is answered with stop, status failed",
          () -> {
            String id = Kit.unique("unknown");
            order(operation, id, "");
            told(id, "stop", "failed");
          });
    }
    report
        .in("protocol 6")
        .claim(
            "an id that is no file name is refused with a reason",
            () -> {
              String id = Kit.unique("bad") + "/x";
              order("start", id, leaf("executor-application", "true"));
              Spoken refusal = told(id, "update", "failed");
              BrokenClaim.unless(
                  !refusal.test("status-details").isBlank(), "status-details are empty");
            });
  }

  private void aTestThatWaits() {
    String id = Kit.unique("waiting");
    report.conversation("A test that waits is answered, checked and stopped");
    report.in("protocol 7.3");
    report.claim(
        "start is answered with update, pending, and the whole test",
        () -> {
          order(
              "start",
              id,
              leaf("executor-application", "true")
                  + leaf("url", "a &amp; b &lt;c&gt;")
                  + leaf("required-products-expression", "imei:" + Kit.imei() + ";"));
          Spoken update = told(id, "update", "pending");
          BrokenClaim.unless(
              update.test("executor-application").equals("true")
                  && update.test("url").equals("a & b <c>"),
              "not the whole test comes back: " + update.xml());
        });
    report
        .in("protocol 7.6")
        .claim(
            "check is answered with update, pending",
            () -> {
              order("check", id, "");
              told(id, "update", "pending");
            });
    report.claim(
        "stop of the issuer ends it with update, stopped",
        () -> {
          order("stop", id, "");
          told(id, "update", "stopped");
        });
    report.claim(
        "then nobody knows it",
        () -> {
          for (int asked = 1; isToldAsEnded(id); asked++) {
            BrokenClaim.unless(asked < MOST_CHECKS, "its end is told again at each check");
            Thread.sleep(PAUSE_MILLISECONDS);
          }
        });
  }

  private void aTestFromStartToEnd() {
    String id = Kit.unique("whole");
    String imei = Kit.imei();
    report.conversation("A test from start to end, with a node of ours");
    report.in("protocol 7.1");
    try {
      report.claim(
          "a node registers and adds a product",
          () -> {
            say(node.address(), "registry-operation", registration("register"));
            say(node.address(), "product-operation", operation("add") + product(imei));
          });
      report
          .in("protocol 7.3")
          .claim(
              "a test for that product is taken",
              () -> {
                order(
                    "start",
                    id,
                    leaf("executor-application", "true")
                        + leaf("required-products-expression", "imei:" + imei + ";"));
                told(id, "update", "pending");
              });
      onTheNode(id, imei);
      reports(id, imei);
    } finally {
      report.claim(
          "the node deregisters",
          () -> say(node.address(), "registry-operation", registration("deregister")));
    }
  }

  private void onTheNode(String id, String imei) {
    report.claim(
        "the node is told first that the product is busy",
        () -> {
          node.mailbox()
              .await(
                  "update of product " + imei + " to busy",
                  it ->
                      it.type().equals("product-operation")
                          && it.text("message/envelope/product/imei").equals(imei)
                          && it.text("message/envelope/product/status").equals("busy"));
        });
    report.claim(
        "the start that the node gets has the client as its sender and the reserved product",
        () -> {
          Spoken start =
              node.mailbox()
                  .await(
                      "start of " + id,
                      it -> it.operation().equals("start") && it.runtimeId().equals(id));
          BrokenClaim.unless(
              start.sender().equals(client.address()), "the sender is " + start.sender());
          BrokenClaim.unless(
              start.all("message/envelope/test/reserved-products/product/imei").contains(imei),
              "the product is not reserved: " + start.xml());
        });
  }

  private void reports(String id, String imei) {
    report.claim(
        "started of the node reaches the client, with product and its service",
        () -> {
          say(node.address(), "test-operation", state(id, "started"));
          Spoken started = told(id, "update", "started");
          String product = "message/envelope/test/reserved-products/product/";
          BrokenClaim.unless(
              started.text(product + "imei").equals(imei)
                  && !started.text(product + "tas-hostname").isEmpty()
                  && !started.text(product + "tas-port").isEmpty(),
              "the product is not told: " + started.xml());
        });
    report.claim(
        "finished of the node ends the test for the client",
        () -> {
          say(node.address(), "test-operation", state(id, "finished"));
          told(id, "update", "finished");
        });
    report.claim(
        "and frees the product",
        () ->
            node.mailbox()
                .await(
                    "update of product " + imei + " to free",
                    it ->
                        it.text("message/envelope/product/imei").equals(imei)
                            && it.text("message/envelope/product/status").equals("free")));
    report.claim(
        "a second finished changes nothing: one end",
        () -> {
          say(node.address(), "test-operation", state(id, "finished"));
          order("check", id, "");
          told(id, "stop", "failed");
          long further =
              client
                  .mailbox()
                  .count(it -> it.runtimeId().equals(id) && it.status().equals("finished"));
          BrokenClaim.unless(further == 0, further + " more ends were told");
        });
  }

  private static String state(String id, String status) {
    return operation("update") + Kit.test(id, leaf("status", status));
  }

  private String registration(String operation) {
    return operation(operation)
        + leaf("remote", "test-node")
        + "<test-node>\n\t<hostname>"
        + node.address().host()
        + "</hostname>\n\t<port>"
        + node.address().port()
        + "</port>\n\t<description>conformance kit</description>\n"
        + "\t<test-automation-software-version>kit</test-automation-software-version>\n"
        + "</test-node>\n";
  }

  private static String product(String imei) {
    return "<product>\n\t<imei>"
        + imei
        + "</imei>\n\t<rm-code>KIT-1</rm-code>\n\t<role>main</role>\n</product>\n";
  }

  @Override
  public void close() throws IOException {
    client.close();
    node.close();
  }
}

package com.nokia.ci.tas.service;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.xml.EarlierLineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service between a client and a node that speak as the earlier programs do: lines, values that
 * are not escaped, {@code null} literals, malformed parameters.
 */
@Timeout(120)
class EarlierPeersTest {
  private static final String IMEI = "004402470970868";
  private static final String URL = "http://ci/job?name=a<b>&build=7";

  @TempDir Path directory;

  private ServiceProgram service;
  private PlainPeer node;
  private PlainPeer client;

  @BeforeEach
  void start() throws IOException {
    service = ServiceProgram.start(ServiceSettings.in(directory).onPort(0).named("127.0.0.1"));
    node = new PlainPeer(service.address());
    client = new PlainPeer(service.address());
    node.say(registration("update"));
    node.say(message("product-operation", node.address(), "add", product("free", "")));
    node.say(registration("register"));
    client.say(
        message(
            "registry-operation", client.address(), "register", "\t\t<remote>client</remote>\n"));
  }

  @AfterEach
  void end() {
    Closing.all(node, client, service);
  }

  @Test
  void anEarlierNodeFindsEveryValueOfItsStartAsTheClientWroteIt() throws Exception {
    client.say(started("nightly", "automatic"));

    var leaves = EarlierLineReader.read(node.hear("<operation>start</operation>")).leaves();

    for (String leaf :
        List.of(
            "sender/port=" + client.address().port(),
            "test/id=nightly",
            "test/sub-id=",
            "test/url=" + URL,
            "test/status=started",
            "test/executor-script=run & go.sh",
            "artifacts/artifact=run & go.sh",
            "artifacts/artifact=image.bin",
            "envparam/key=LANG",
            "envparam/value=<C>",
            "test/results-filename=results.zip",
            "product/sn=ABCD1234",
            "product/imei=" + IMEI)) {
      assertTrue(leaves.contains(leaf), leaf + " in " + leaves);
    }
    assertFalse(leaves.toString().contains("null"), leaves::toString);
    assertFalse(leaves.contains("artifacts/artifact="), leaves::toString);
  }

  @Test
  void anEarlierClientUnderstandsHowItsTestGoes() throws Exception {
    client.say(started("nightly", "automatic"));
    String pending = client.hear("<status>pending</status>");
    node.hear("<operation>start</operation>");
    node.say(report("nightly", "started"));
    String begun = client.hear("<status>started</status>");
    node.say(report("nightly", "finished"));
    String finished = client.hear("<status>finished</status>");

    assertTrue(leaves(pending).contains("test/workspace-path=/home/ci"), pending);
    for (String message : List.of(begun, finished)) {
      assertTrue(leaves(message).contains("test/sub-id="), message);
      assertTrue(leaves(message).contains("product/imei=" + IMEI), message);
      assertTrue(leaves(message).contains("product/tas-hostname=127.0.0.1"), message);
      assertTrue(leaves(message).contains("product/tas-port=" + service.address().port()), message);
    }
  }

  @Test
  void anEarlierClientGivesItsProductsBack() throws Exception {
    client.say(started("nightly", "manual"));
    node.hear("<operation>start</operation>");
    node.say(report("nightly", "started"));
    node.say(report("nightly", "finished"));
    client.hear("<status>finished</status>");

    client.say(message("product-operation", client.address(), "update", product("free", "")));

    String free = node.hear("product-operation", "<status>free</status>");
    assertTrue(leaves(free).contains("product/status-details="), free);
  }

  @Test
  void anEarlierNodeThatSaysTwiceThatARunFailedFailsItOnce() throws Exception {
    client.say(started("nightly", "automatic"));
    client.hear("<status>pending</status>");
    node.hear("<operation>start</operation>");
    node.say(report("nightly", "failed"));
    node.say(report("nightly", "failed"));
    client.say(
        message(
            "test-operation",
            client.address(),
            "check",
            "\t\t<test>\n<id>nightly</id>\n\t\t</test>\n"));

    client.hear("text-message", "run 1 of test nightly failed", "failure 1 of 3");
    String state = client.hear("<status>pending</status>");

    assertTrue(leaves(state).contains("message/operation=update"), state);
  }

  @Test
  void aTestThatNobodyKnowsIsAnsweredInLinesToo() throws Exception {
    client.say(
        message(
            "test-operation", client.address(), "stop", "\t\t<test>\n<id>x</id>\n\t\t</test>\n"));

    var leaves = leaves(client.hear("<operation>stop</operation>"));

    assertTrue(leaves.contains("test/id=x"), leaves::toString);
    assertTrue(leaves.contains("test/status=failed"), leaves::toString);
  }

  private static List<String> leaves(String message) {
    return EarlierLineReader.read(message).leaves();
  }

  private String registration(String operation) {
    return message(
        "registry-operation",
        node.address(),
        operation,
        """
        \t\t<remote>test-node</remote>
        \t\t<test-node>
        \t\t\t<hostname>127.0.0.1</hostname>
        \t\t\t<port>%d</port>
        \t\t\t<description>rack 4 & 5 <left></description>
        \t\t\t<test-automation-software-version>aol.alpha0.1</test-automation-software-version>
        \t\t</test-node>
        """
            .formatted(node.address().port()));
  }

  private String started(String id, String releasing) {
    return message(
        "test-operation",
        client.address(),
        "start",
        """
        \t\t<test>
        \t\t\t<id>%s</id>
        \t\t\t<sub-id></sub-id>
        \t\t\t<workspace-path>/home/ci</workspace-path>
        \t\t\t<url>%s</url>
        \t\t\t<target>flash</target>
        \t\t\t<product-releasing-mode>%s</product-releasing-mode>
        \t\t\t<product-disconnection-timeout>300000</product-disconnection-timeout>
        \t\t\t<status>unknown</status>
        \t\t\t<status-details>null</status-details>
        \t\t\t<start-time>0</start-time>
        \t\t\t<timeout>3600000</timeout>
        \t\t\t<executor-application>sh</executor-application>
        \t\t\t<executor-script>run & go.sh</executor-script>
        \t\t\t<artifacts>
        \t\t\t\t<artifact>run & go.sh</artifact>
        \t\t\t\t<artifact>image.bin</artifact>
        \t\t\t\t<artifact></artifact>
        \t\t\t</artifacts>
        \t\t\t</envparams>
        \t\t\t\t<envparam><key>LANG</key><value><C></value></envparam>
        \t\t\t</envparams>
        \t\t\t<results-filename>results.zip</results-filename>
        \t\t\t<required-environment>rm-code:RM-763;</required-environment>
        \t\t</test>
        """
            .formatted(id, URL, releasing));
  }

  private String report(String id, String status) {
    return message(
        "test-operation",
        node.address(),
        "update",
        """
        \t\t<test>
        \t\t\t<id>%s</id>
        \t\t\t<sub-id></sub-id>
        \t\t\t<url>%s</url>
        \t\t\t<target>flash</target>
        \t\t\t<status>%s</status>
        \t\t\t<status-details>as the script <says> & means</status-details>
        \t\t\t<executor-script>run & go.sh</executor-script>
        \t\t</test>
        """
            .formatted(id, URL, status));
  }

  private static String product(String status, String details) {
    return """
        \t\t<product>
        \t\t\t<sn>ABCD1234</sn>
        \t\t\t<sw-version>null</sw-version>
        \t\t\t<fingerprint>null</fingerprint>
        \t\t\t<productcode>null</productcode>
        \t\t\t<imei>%s</imei>
        \t\t\t<rm-code>RM-763</rm-code>
        \t\t\t<hardware-type>A & B</hardware-type>
        \t\t\t<role>main</role>
        \t\t\t<status>%s</status>
        \t\t\t<status-details>%s</status-details>
        \t\t\t<sim1>
        \t\t\t\t<operator>null</operator>
        \t\t\t\t<signal>null</signal>
        \t\t\t\t<pin1>1234</pin1>
        \t\t\t</sim1>
        \t\t</product>
        """
        .formatted(IMEI, status, details);
  }

  private static String message(String type, Endpoint sender, String operation, String content) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <message>
        \t<type>%s</type>
        \t<sender>
        \t\t<hostname>%s</hostname>
        \t\t<port>%d</port>
        \t</sender>
        \t<receiver>
        \t\t<hostname>127.0.0.1</hostname>
        \t\t<port>31415</port>
        \t</receiver>
        \t<envelope>
        \t\t<operation>%s</operation>
        %s\t</envelope>
        </message>
        """
        .formatted(type, sender.host(), sender.port(), operation, content);
  }
}

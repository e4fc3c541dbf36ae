package com.nokia.ci.tas.service;

import com.nokia.ci.tas.commons.model.Endpoint;

/** Messages as a person writes them after reading the guide. */
final class Scripts {
  private Scripts() {}

  static String registerNode(Endpoint node) {
    return message(
        "registry-operation",
        node,
        """
        <operation>register</operation>
        <remote>test-node</remote>
        <test-node>
        <hostname>%s</hostname>
        <port>%d</port>
        <description>Rack &lt;2&gt;</description>
        <test-automation-software-version>by hand</test-automation-software-version>
        </test-node>
        """
            .formatted(node.host(), node.port()));
  }

  static String addProduct(Endpoint node, String imei) {
    return product(node, "add", "<imei>" + imei + "</imei>\n<rm-code>RM-763</rm-code>\n");
  }

  static String product(Endpoint sender, String operation, String leaves) {
    return message(
        "product-operation",
        sender,
        "<operation>" + operation + "</operation>\n<product>\n" + leaves + "</product>\n");
  }

  static String start(Endpoint client, String id) {
    return test(
        client,
        "start",
        """
        <id>%s</id>
        <workspace-path>/home/ci</workspace-path>
        <url></url>
        <target>flash</target>
        <product-releasing-mode>automatic</product-releasing-mode>
        <timeout>3600000</timeout>
        <executor-application>sh</executor-application>
        <executor-script>run &amp; go.sh</executor-script>
        <artifacts>
        <artifact>run &amp; go.sh</artifact>
        </artifacts>
        <results-filename>results.zip</results-filename>
        <required-products-expression>(rm-code:RM-763;)</required-products-expression>
        """
            .formatted(id));
  }

  static String report(Endpoint node, String id, String status, String details) {
    return test(
        node,
        "update",
        "<id>%s</id>\n<status>%s</status>\n<status-details>%s</status-details>\n"
            .formatted(id, status, details));
  }

  static String test(Endpoint sender, String operation, String leaves) {
    return message(
        "test-operation",
        sender,
        "<operation>" + operation + "</operation>\n<test>\n" + leaves + "</test>\n");
  }

  private static String message(String type, Endpoint sender, String envelope) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <message>
        <type>%s</type>
        <sender>
        <hostname>%s</hostname>
        <port>%d</port>
        </sender>
        <envelope>
        %s</envelope>
        </message>
        """
        .formatted(type, sender.host(), sender.port(), envelope);
  }
}

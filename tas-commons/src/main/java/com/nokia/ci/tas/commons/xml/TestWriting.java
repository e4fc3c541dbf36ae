package com.nokia.ci.tas.commons.xml;

import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.Lender;
import com.nokia.ci.tas.commons.model.PlanPlace;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestPackageDescription;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * From a test to its lines. All leaves come before the product lists: what follows a product is
 * lost on the earlier programs. Times that were not said are left out, so that each reader takes
 * its own default.
 */
final class TestWriting {
  private TestWriting() {}

  static Lines test(Lines lines, TestDescription test) {
    lines.open("test").leaf("id", test.id().test().value());
    if (test.equals(TestDescription.named(test.id()))) {
      return lines.optionalLeaf("sub-id", test.id().subId()).close("test");
    }
    lines
        .leaf("sub-id", test.id().subId())
        .leaf("workspace-path", test.origin().workspacePath())
        .leaf("url", test.origin().url())
        .optionalLeaf("project", test.origin().project().map(ProjectId::value).orElse(""))
        .leaf("target", test.demand().target().text())
        .leaf("product-releasing-mode", test.demand().releasingMode().text())
        .optionalLeaf(
            "product-disconnection-timeout", test.demand().disconnectionTimeout().toMillis())
        .leaf("status", test.progress().status().text())
        .leaf("status-details", test.progress().details())
        .leaf("start-time", Long.toString(test.progress().startTime().toEpochMilli()))
        .optionalLeaf("timeout", test.progress().timeout().toMillis())
        .optionalLeaf("attempt", test.progress().attempt())
        .optionalLeaf("fault", test.progress().fault().map(Fault::text).orElse(""))
        .optionalLeaf("route", test.progress().route())
        .escapedLeaf("code", test.progress().code())
        .escapedLeaf("priority", priority(test.demand()))
        .escapedLeaf("retries", test.demand().limits().retries().map(String::valueOf).orElse(""))
        .escapedLeaf("waiting-timeout", millis(test.demand().limits().waiting()))
        .escapedLeaf("preparation-timeout", millis(test.demand().limits().preparation()))
        .escapedLeaf("execution-timeout", millis(test.demand().limits().execution()))
        .escapedLeaf("submission", test.origin().submission())
        .escapedLeaf("bond", test.origin().bond().text())
        .escapedLeaf("plan", test.origin().plan().map(PlanPlace::text).orElse(""))
        .escapedLeaf("distribution", test.demand().distribution())
        .escapedLeaf("direct", test.direct().map(DirectAccess::text).orElse(""))
        .escapedLeaf("secret-variables", String.join(" ", test.execution().secretParameters()))
        .escapedLeaf("large-artifacts", LargeArtifact.text(test.execution().largeArtifacts()))
        .escapedLeaf("lenders", Lender.text(test.execution().lenders()));
    execution(lines, test.execution());
    expression(lines, test.demand().expression());
    products(
        lines, "required-products", test.demand().requiredProducts(), ProductWriting::required);
    products(
        lines, "reserved-products", test.progress().reservedProducts(), ProductWriting::product);
    return lines.close("test");
  }

  private static String millis(Duration limit) {
    return limit.isZero() ? "" : Long.toString(limit.toMillis());
  }

  private static String priority(TestDemand demand) {
    return demand.priority() == 0 ? "" : Integer.toString(demand.priority());
  }

  private static void execution(Lines lines, TestExecution execution) {
    lines
        .leaf("executor-application", execution.application())
        // An earlier reader takes an empty script for an artifact without a name.
        .optionalLeaf("executor-script", execution.script());
    leaves(lines, "artifacts", "artifact", execution.artifacts());
    if (!execution.parameters().isEmpty()) {
      lines.open("envparams");
      execution
          .parameters()
          .forEach(
              (key, value) ->
                  lines.open("envparam").leaf("key", key).leaf("value", value).close("envparam"));
      lines.close("envparams");
    }
    if (!execution.packages().isEmpty()) {
      lines.open("test-packages");
      execution.packages().forEach(part -> testPackage(lines, part));
      lines.close("test-packages");
    }
    lines.leaf("results-filename", execution.resultsFilename());
  }

  static Lines testPackage(Lines lines, TestPackageDescription part) {
    lines.open("test-package").leaf("id", part.id());
    expression(lines, part.expression());
    leaves(lines, "files", "file", part.files());
    return lines.close("test-package");
  }

  /** Under the guide's name, and under the one that the earlier programs know. */
  private static void expression(Lines lines, String expression) {
    lines.leaf("required-products-expression", expression).leaf("required-environment", expression);
  }

  private static void leaves(Lines lines, String block, String leaf, List<String> values) {
    if (!values.isEmpty()) {
      lines.open(block);
      values.forEach(value -> lines.leaf(leaf, value));
      lines.close(block);
    }
  }

  private static void products(
      Lines lines,
      String block,
      List<ProductDescription> products,
      BiConsumer<Lines, ProductDescription> writing) {
    if (!products.isEmpty()) {
      lines.open(block);
      products.forEach(product -> writing.accept(lines, product));
      lines.close(block);
    }
  }
}

package com.nokia.ci.tas.commons.xml;

import java.util.ArrayList;
import java.util.List;

/** The {@code test} element as it is bound; a leaf is null when it is missing. */
final class TestBean implements Bean {
  String id;
  String subId;
  String workspacePath;
  String url;
  String project;
  String priority;
  String submission;
  String bond;
  String plan;
  String distribution;
  String target;
  String releasingMode;
  String disconnectionTimeout;
  String status;
  String statusDetails;
  String startTime;
  String timeout;
  String attempt;
  String fault;
  String code;
  String retries;
  String waitingTimeout;
  String preparationTimeout;
  String executionTimeout;
  String route;
  String direct;
  String secretVariables;
  String largeArtifacts;
  String lenders;
  String application;
  String script;
  List<String> artifacts = new ArrayList<>();
  List<ParameterBean> parameters = new ArrayList<>();
  List<PackageBean> packages = new ArrayList<>();
  String resultsFilename;
  String expression;
  String environment;
  List<ProductBean> requiredProducts = new ArrayList<>();
  List<ProductBean> reservedProducts = new ArrayList<>();

  @Override
  public void leaf(String name, String text) {
    switch (name) {
      case "id" -> id = text;
      case "sub-id" -> subId = text;
      case "workspace-path" -> workspacePath = text;
      case "url" -> url = text;
      case "project" -> project = text;
      case "priority" -> priority = text;
      case "submission" -> submission = text;
      case "bond" -> bond = text;
      case "plan" -> plan = text;
      case "distribution" -> distribution = text;
      case "target" -> target = text;
      case "product-releasing-mode" -> releasingMode = text;
      case "product-disconnection-timeout" -> disconnectionTimeout = text;
      case "status" -> status = text;
      case "status-details" -> statusDetails = text;
      case "start-time" -> startTime = text;
      case "timeout" -> timeout = text;
      case "attempt" -> attempt = text;
      case "fault" -> fault = text;
      case "code" -> code = text;
      case "retries" -> retries = text;
      case "waiting-timeout" -> waitingTimeout = text;
      case "preparation-timeout" -> preparationTimeout = text;
      case "execution-timeout" -> executionTimeout = text;
      case "route" -> route = text;
      case "direct" -> direct = text;
      case "secret-variables" -> secretVariables = text;
      case "large-artifacts" -> largeArtifacts = text;
      case "lenders" -> lenders = text;
      case "executor-application" -> application = text;
      case "executor-script" -> script = text;
      case "results-filename" -> resultsFilename = text;
      case "required-products-expression" -> expression = text;
      case "required-environment" -> environment = text;
      default -> Bean.super.leaf(name, text);
    }
  }

  @Override
  public Bean block(String name) {
    return switch (name) {
      case "artifacts" -> Bean.texts(artifacts);
      case "envparams" -> Bean.each(parameters, ParameterBean::new);
      case "test-packages" -> Bean.each(packages, PackageBean::new);
      case "required-products" -> Bean.each(requiredProducts, ProductBean::new);
      case "reserved-products" -> Bean.each(reservedProducts, ProductBean::new);
      default -> Bean.super.block(name);
    };
  }

  /** One {@code envparam}. */
  static final class ParameterBean implements Bean {
    String key;
    String value;

    @Override
    public void leaf(String name, String text) {
      switch (name) {
        case "key" -> key = text;
        case "value" -> value = text;
        default -> Bean.super.leaf(name, text);
      }
    }
  }

  /** One {@code test-package}. */
  static final class PackageBean implements Bean {
    String id;
    String expression;
    String environment;
    List<String> files = new ArrayList<>();

    @Override
    public void leaf(String name, String text) {
      switch (name) {
        case "id" -> id = text;
        case "required-products-expression" -> expression = text;
        case "required-environment" -> environment = text;
        default -> Bean.super.leaf(name, text);
      }
    }

    @Override
    public Bean block(String name) {
      return name.equals("files") ? Bean.texts(files) : Bean.super.block(name);
    }
  }
}

package com.nokia.ci.tas.commons.xml;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElementWrapper;
import java.util.ArrayList;
import java.util.List;

/** The {@code test} element as it is bound; a leaf is null when it is missing. */
@XmlAccessorType(XmlAccessType.FIELD)
final class TestBean {
  String id;

  @XmlElement(name = "sub-id")
  String subId;

  @XmlElement(name = "workspace-path")
  String workspacePath;

  String url;
  String project;
  String priority;
  String submission;
  String bond;
  String distribution;
  String target;

  @XmlElement(name = "product-releasing-mode")
  String releasingMode;

  @XmlElement(name = "product-disconnection-timeout")
  String disconnectionTimeout;

  String status;

  @XmlElement(name = "status-details")
  String statusDetails;

  @XmlElement(name = "start-time")
  String startTime;

  String timeout;
  String attempt;
  String fault;
  String code;
  String retries;

  @XmlElement(name = "waiting-timeout")
  String waitingTimeout;

  @XmlElement(name = "preparation-timeout")
  String preparationTimeout;

  @XmlElement(name = "execution-timeout")
  String executionTimeout;

  String route;
  String direct;

  @XmlElement(name = "secret-variables")
  String secretVariables;

  @XmlElement(name = "large-artifacts")
  String largeArtifacts;

  String lenders;

  @XmlElement(name = "executor-application")
  String application;

  @XmlElement(name = "executor-script")
  String script;

  @XmlElementWrapper(name = "artifacts")
  @XmlElement(name = "artifact")
  List<String> artifacts = new ArrayList<>();

  @XmlElementWrapper(name = "envparams")
  @XmlElement(name = "envparam")
  List<ParameterBean> parameters = new ArrayList<>();

  @XmlElementWrapper(name = "test-packages")
  @XmlElement(name = "test-package")
  List<PackageBean> packages = new ArrayList<>();

  @XmlElement(name = "results-filename")
  String resultsFilename;

  @XmlElement(name = "required-products-expression")
  String expression;

  @XmlElement(name = "required-environment")
  String environment;

  @XmlElementWrapper(name = "required-products")
  @XmlElement(name = "product")
  List<ProductBean> requiredProducts = new ArrayList<>();

  @XmlElementWrapper(name = "reserved-products")
  @XmlElement(name = "product")
  List<ProductBean> reservedProducts = new ArrayList<>();

  /** One {@code envparam}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class ParameterBean {
    String key;
    String value;
  }

  /** One {@code test-package}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class PackageBean {
    String id;

    @XmlElement(name = "required-products-expression")
    String expression;

    @XmlElement(name = "required-environment")
    String environment;

    @XmlElementWrapper(name = "files")
    @XmlElement(name = "file")
    List<String> files = new ArrayList<>();
  }
}

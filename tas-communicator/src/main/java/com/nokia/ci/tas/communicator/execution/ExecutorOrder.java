package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SealedValues;
import com.nokia.ci.tas.commons.model.TestExecution;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be run and where.
 *
 * @param id runtime id of the run
 * @param execution application, script and parameters
 * @param reserved the products the run got, secrets included, in the order received
 * @param workspace prepared, with all artifacts
 * @param sealed what the executor gets and its output must not show
 * @param output the file that keeps the whole output, bytes as they come but sealed; its directory
 *     is made
 */
public record ExecutorOrder(
    RuntimeId id,
    TestExecution execution,
    List<ProductDescription> reserved,
    Workspace workspace,
    SealedValues sealed,
    Path output) {
  public ExecutorOrder {
    reserved = List.copyOf(reserved);
  }
}

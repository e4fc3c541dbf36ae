package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The environment variables that an executor gets beside those of the node itself: where it is and
 * what for, then the parameters of its test.
 */
final class ExecutorEnvironment {
  /** Runtime id of the run. */
  static final String TEST_ID = "TAS_TEST_ID";

  /** Absolute path of the workspace. */
  static final String WORKSPACE = "TAS_WORKSPACE";

  /** Absolute path of {@link ProductNotes#ALL}. */
  static final String PRODUCTS = "TAS_PRODUCTS";

  /** Mark by which every process of the run is found again, however it was started. */
  static final String RUN = "TAS_RUN";

  /** Absolute path of {@link ProductFailureNote#FILE}. */
  static final String PRODUCT_FAILURE = "TAS_PRODUCT_FAILURE";

  private static final Set<String> OWN = Set.of(TEST_ID, WORKSPACE, PRODUCTS, RUN, PRODUCT_FAILURE);

  /** Parameters that begin so are meant for the node. */
  private static final List<String> FOR_NODES = List.of(ExecutorLimits.PREFIX, "tas.gate.");

  private ExecutorEnvironment() {}

  /**
   * @throws ExecutionException when a parameter has a name that cannot be a variable
   */
  static Map<String, String> of(
      RuntimeId id, Workspace workspace, RunMark mark, Map<String, String> parameters) {
    var variables = new LinkedHashMap<String, String>();
    parameters.forEach(
        (name, value) -> {
          check(name, value);
          if (FOR_NODES.stream().noneMatch(name::startsWith)) {
            variables.put(name, value);
          }
        });
    variables.put(TEST_ID, id.text());
    variables.put(WORKSPACE, workspace.directory().toString());
    variables.put(PRODUCTS, workspace.directory().resolve(ProductNotes.ALL).toString());
    variables.put(
        PRODUCT_FAILURE, workspace.directory().resolve(ProductFailureNote.FILE).toString());
    variables.put(RUN, mark.text());
    return variables;
  }

  private static void check(String name, String value) {
    if (name.isBlank()
        || name.indexOf('=') >= 0
        || name.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c))) {
      throw new ExecutionException(
          "the parameter \"" + SafeName.shown(name) + "\" cannot be an environment variable");
    }
    if (OWN.contains(name.toUpperCase(Locale.ROOT))) {
      throw new ExecutionException(
          "the parameter " + name + " is set by the node itself; choose another name");
    }
    if (value.indexOf('\0') >= 0) {
      throw new ExecutionException("the value of the parameter " + name + " holds a zero byte");
    }
  }
}

package com.nokia.ci.tas.commons;

/**
 * The constants of the published API (guide, "Issuing tests through the Test Automation Client").
 *
 * <p>They keep the values that plug-ins were compiled against. The limits of a service are its
 * settings, not these.
 */
public final class Constant {

  /** Milliseconds, like all times below. */
  public static final long MILLISECOND = 1L;

  public static final long CENTISECOND = 10L;
  public static final long DECISECOND = 100L;
  public static final long ONE_SECOND = 1_000L;
  public static final long FIVE_SECONDS = 5_000L;
  public static final long TEN_SECONDS = 10_000L;
  public static final long FIFTEEN_SECONDS = 15_000L;
  public static final long THIRTY_SECONDS = 30_000L;
  public static final long ONE_MINUTE = 60_000L;
  public static final long TWO_MINUTES = 120_000L;
  public static final long THREE_MINUTES = 180_000L;
  public static final long FIVE_MINUTES = 300_000L;
  public static final long TEN_MINUTES = 600_000L;
  public static final long FIFTEEN_MINUTES = 900_000L;
  public static final long ONE_HOUR = 3_600_000L;
  public static final long ONE_DAY = 86_400_000L;

  /** How long a test may take unless it says otherwise: six hours. */
  public static final long DEFAULT_TEST_TIMEOUT = 21_600_000L;

  public static final long MINIMAL_TIMEOUT_FOR_TEST_EXECUTION = 300_000L;

  public static final int DEFAULT_BUFFER_SIZE = 4096;
  public static final int NUMBER_OF_RETRIES = 3;
  public static final int MAXIMAL_NUMBER_OF_RUNNING_TESTS_PER_TEST_NODE = 4;
  public static final int MAXIMAL_NUMBER_OF_RETRIES_FOR_FAILED_TEST = 1;

  public static final int TEST_AUTOMATION_SERVICE_DEFAULT_PORT_NUMBER = 31415;
  public static final int TEST_AUTOMATION_COMMUNICATOR_DEFAULT_PORT_NUMBER = 27182;
  public static final int TEST_AUTOMATION_CLIENT_DEFAULT_PORT_NUMBER = 16180;

  public static final String TEST_AUTOMATION_SERVICE_HOSTNAME_ARGUMENT =
      "TestAutomationServiceHostname";
  public static final String TEST_AUTOMATION_SERVICE_PORT_NUMBER_ARGUMENT =
      "TestAutomationServicePortNumber";
  public static final String TEST_AUTOMATION_SERVICE_MONITOR_PORT_NUMBER_ARGUMENT =
      "MonitorPortNumber";
  public static final String TEST_AUTOMATION_SERVICE_DESCRIPTION_ARGUMENT =
      "TestAutomationServiceDescription";
  public static final String TEST_AUTOMATION_COMMUNICATOR_PORT_NUMBER_ARGUMENT =
      "TestAutomationCommunicatorPortNumber";
  public static final String TEST_AUTOMATION_COMMUNICATOR_DESCRIPTION_ARGUMENT =
      "TestAutomationCommunicatorDescription";
  public static final String TEST_AUTOMATION_CLIENT_PORT_NUMBER_ARGUMENT =
      "TestAutomationClientPortNumber";

  public static final String NAME_VALUE_SEPARATOR = ":";
  public static final String NAME_VALUE_PAIR_SEPARATOR = ";";
  public static final String REGULAR_EXPRESSION_FOR_ANY_CHARACTER_SEQUENCE = "(.)*";
  public static final String TEST_RESOURCE_ALLOCATION_EXPRESSION_START_SYMBOL = "(";
  public static final String TEST_RESOURCE_ALLOCATION_EXPRESSION_END_SYMBOL = ")";
  public static final String TEST_RESOURCE_ALLOCATION_EXPRESSION_AND_OPERATOR = "and";
  public static final String TEST_RESOURCE_ALLOCATION_EXPRESSION_OR_OPERATOR = "or";

  /** The same word as for "or", as it was published. */
  public static final String TEST_RESOURCE_ALLOCATION_EXPRESSION_NOT_OPERATOR = "or";

  public static final String PRODUCT_PARAMETERS_SEPARATOR_FOR_EXECUTOR_SCRIPT = ":";

  public static final String TIMESTAMP_FORMAT = "yyyy-MM-dd HH:mm:ss";
  public static final String DATE_FORMAT = "dd.MM.yyyy";
  public static final String HOUR_FORMAT = "HH:mm";

  public static final String UNSPECIFIED_REASON_OF_FAILURE = "Reason of failure is not specified";
  public static final String XML_DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

  /** The version of this software, the same in client, service, communicator and bridge. */
  public static final String TEST_AUTOMATION_RELEASE_VERSION = "0.1.0";

  private Constant() {}
}

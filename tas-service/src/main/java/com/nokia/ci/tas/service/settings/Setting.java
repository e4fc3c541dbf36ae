package com.nokia.ci.tas.service.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every key of {@code configuration.dat}, in the order of the generated file: the eleven of the
 * guide first, then ours.
 */
public enum Setting {
  TEST_DEFAULT_TIMEOUT(
      "test-default-timeout",
      Kind.SOME_TIME,
      "21600000",
      "Test default timeout in milliseconds (6 hours by default, or 21600000),",
      "given to tests that specify none"),
  TEST_MINIMAL_EXECUTION_TIME(
      "test-minimal-execution-time",
      Kind.TIME,
      "300000",
      "Minimal execution time for a test in milliseconds (5 minutes by default, or 300000):",
      "a test is started only while at least this much of its timeout is left"),
  TESTS_PER_NODE(
      "maximal-number-of-tests-per-node",
      Kind.COUNT,
      "4",
      "Maximal number of running tests per test node (4 tests by default)"),
  RETRIES(
      "maximal-number-of-retries-for-failed-test",
      Kind.COUNT,
      "3",
      "Maximal number of retries for a single failed test (3 by default):",
      "a test is started again as long as its failures are no more than this; 0 means never again"),
  RESOURCES_EXPECTATION_TIMEOUT(
      "test-resources-expectation-timeout",
      Kind.TIME,
      "900000",
      "Test resources expectation timeout in milliseconds (15 minutes by default, or 900000):",
      "a test fails when for this long no product or node of the farm, free or busy, suits it"),
  STATISTICS_THRESHOLD(
      "statistics-threshold-period",
      Kind.TIME,
      "604800000",
      "Statistics threshold period in milliseconds (7 days by default, or 604800000):",
      "how long records of ended tests are kept in the directory \"statistics\""),
  STATISTICS_UPDATE(
      "statistics-update-period",
      Kind.SOME_TIME,
      "923456",
      "Statistics update period in milliseconds (15 minutes 23 seconds by default, or 923456):",
      "how often records that have become too old are removed"),
  CLIENT_CHECKING_PERIOD(
      "remote-client-checking-period",
      Kind.SOME_TIME,
      "600000",
      "Remote client checking period in milliseconds (10 minutes by default, or 600000):",
      "a client with tests from whom nothing was heard for this long is looked for"),
  WORKLOAD_HISTORY(
      "workload-history-period",
      Kind.DAYS,
      "7",
      "Default workload history period in days (7 days by default):",
      "what the page of statistics shows when nobody asks for other days"),
  WORKLOAD_SLICE(
      "daily-workload-history-slice-duration",
      Kind.SOME_TIME,
      "300000",
      "Duration of a single workload slice for daily statistics in milliseconds",
      "(5 minutes by default, or 300000): how finely the use of products is drawn"),
  MAINTENANCE_MODE(
      "maintenance-mode",
      Kind.SWITCH,
      "0",
      "Enabling (1) and disabling (0) maintenance mode on this Test Automation Service:",
      "while it is on, tests are accepted and wait, and running tests go on"),

  PLAIN_PEER_NETWORKS(
      "plain-peer-networks",
      Kind.NETWORKS,
      "",
      "Networks whose machines may speak to this service without a token, separated by commas,",
      "such as 10.1.0.0/16, 192.168.7.20, fd00::/8 (empty by default: this machine only)"),
  NODE_CHECKING_PERIOD(
      "node-checking-period",
      Kind.SOME_TIME,
      "10000",
      "How often a test node that says nothing is looked for, in milliseconds",
      "(10 seconds by default, or 10000)"),
  NODE_SILENCE_LIMIT(
      "node-silence-limit",
      Kind.SOME_TIME,
      "20000",
      "A test node that cannot be reached for this long is lost, in milliseconds",
      "(20 seconds by default, or 20000)"),
  LOST_NODE_LEASE(
      "lost-node-lease",
      Kind.SOME_TIME,
      "60000",
      "How long a node must have been silent before products it held can be granted again,",
      "in milliseconds (1 minute by default, or 60000)"),
  CLIENT_ANSWER_LIMIT(
      "remote-client-answer-limit",
      Kind.SOME_TIME,
      "10000",
      "How long a client may be unreachable before its tests are stopped, in milliseconds",
      "(10 seconds by default, or 10000; never longer than remote-client-checking-period)"),
  TESTS(
      "maximal-number-of-tests",
      Kind.COUNT,
      "200000",
      "How many tests may wait and run in the whole farm; more are refused (200000 by default)"),
  SET_ASIDE_WAIT(
      "product-set-aside-wait",
      Kind.TIME,
      "2000",
      "After waiting this long, a test for several products has those that suit it kept for it",
      "as they become free, in milliseconds (2 seconds by default, or 2000)"),
  OVERTAKING_LIMIT(
      "overtaking-limit",
      Kind.TIME,
      "1800000",
      "After waiting this long, a test for one product is not passed by more urgent ones that came",
      "later any more, in milliseconds (30 minutes by default, or 1800000; 0: priority always wins)"),
  FAIR_SHARE(
      "fair-share",
      Kind.SWITCH,
      "0",
      "Whether those who have tests waiting take turns (1), or the oldest test comes first",
      "(0, the default); priority comes before either"),
  FAILURE_LIMIT(
      "failures-in-a-row-limit",
      Kind.COUNT,
      "3",
      "A product or a test node that so many different tests failed on in a row, by its fault, is",
      "suspect, and is put out of use when one more fails (3 by default; 0: never)"),
  COOL_DOWN(
      "failures-cool-down",
      Kind.TIME,
      "600000",
      "How long it is out of use before it is tried again, in milliseconds (10 minutes by default,",
      "or 600000); doubles each time, up to a day; 0: until a person enables it"),
  FLAPPING_LIMIT(
      "flapping-limit",
      Kind.COUNT,
      "5",
      "A product or a test node that came and went so often of late gets no tests until it has",
      "been steady for a while (5 by default; 0: never)"),
  FLAPPING_WINDOW(
      "flapping-window",
      Kind.SOME_TIME,
      "600000",
      "After this time a coming and going counts half, in milliseconds",
      "(10 minutes by default, or 600000)"),
  FLAPPING_STEADY_TIME(
      "flapping-steady-time",
      Kind.TIME,
      "30000",
      "How long it has to be steady, in milliseconds (30 seconds by default, or 30000); doubles",
      "with each further time, up to half an hour"),
  SESSION_SILENCE(
      "session-silence",
      Kind.SOME_TIME,
      "15000",
      "A session whose peer says nothing for this long loses its connection, in milliseconds",
      "(15 seconds by default, or 15000; an edit is in force from the next start on)"),
  SESSION_RETENTION(
      "session-retention",
      Kind.SOME_TIME,
      "600000",
      "How long a session waits for a peer that is away, and late results may be relayed,",
      "in milliseconds (10 minutes by default, or 600000)"),
  NODES_PER_ADDRESS(
      "maximal-number-of-nodes-per-address",
      Kind.COUNT,
      "4096",
      "How many test nodes of one machine may register; more are refused (4096 by default)"),
  CLIENTS_PER_ADDRESS(
      "maximal-number-of-clients-per-address",
      Kind.COUNT,
      "4096",
      "How many clients of one machine may be there at once; more are refused",
      "(4096 by default)"),
  ANONYMOUS_ROLE(
      "anonymous-role",
      Kind.ANONYMOUS_ROLE,
      "view",
      "What somebody may see of the pages and their JSON who has not logged in:",
      "view (everything but secrets, the default) or none"),
  HTTPS_ONLY(
      "https-only",
      Kind.SWITCH,
      "0",
      "Whether other machines may read the pages over HTTPS alone (1) or also over HTTP",
      "(0, the default); needs keys, made with: tas keys"),
  AUDIT_LOG_PERIOD(
      "audit-log-period",
      Kind.DAYS,
      "365",
      "How many days the audit log in the directory \"logs\" is kept (365 days by default)"),
  STORE(
      "store",
      Kind.TEXT,
      "",
      "Where the farm is kept: empty (the default) for a file in the directory \"store\", or",
      "jdbc:postgresql://host:5432/database?user=name (in force from the next start on)"),
  FARM_NAME(
      "farm-name",
      Kind.TEXT,
      "farm",
      "Name of the farm in a database, where it is the schema: several farms may share one",
      "(farm by default; in force from the next start on)"),
  STORE_PASSWORD_FILE(
      "store-password-file",
      Kind.TEXT,
      "",
      "File with the password for the database, for the service's user alone; when empty (the",
      "default) the environment variable TAS_STORE_PASSWORD has it, or none is needed"),
  JOURNAL_RETENTION(
      "journal-retention",
      Kind.TIME,
      "86400000",
      "How far back what happened can be replayed, in milliseconds (1 day by default, or 86400000;",
      "0: no further than a restart needs it)"),
  HISTORY_RETENTION(
      "history-retention",
      Kind.TIME,
      "7776000000",
      "How long ended tests are found in history, in milliseconds",
      "(90 days by default, or 7776000000)"),
  OTHER_SERVICES(
      "other-services",
      Kind.TEXT,
      "",
      "Services of other farms that the page /farms shows beside each other, with commas between,",
      "such as farm2.example:31415, https://farm3.example:31415 (empty by default)");

  /** The keys before this one are those of the guide; it and the rest are additions. */
  static final Setting FIRST_ADDITION = PLAIN_PEER_NETWORKS;

  private final String key;
  private final Kind kind;
  private final String defaultValue;
  private final String comment;

  Setting(String key, Kind kind, String defaultValue, String... comment) {
    this.key = key;
    this.kind = kind;
    this.defaultValue = defaultValue;
    this.comment = String.join("\n", comment);
  }

  /** The word before the equals sign. */
  public String key() {
    return key;
  }

  /** The value in force when neither file nor argument says otherwise. */
  public String defaultValue() {
    return defaultValue;
  }

  /** What it does, in lines short enough for a terminal. */
  public List<String> comment() {
    return comment.lines().toList();
  }

  /** What the value is. */
  public Kind kind() {
    return kind;
  }

  /** Finds a setting by its exact key. */
  public static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** What the values of a setting are. */
  public enum Kind {
    /** Milliseconds, 0 allowed. */
    TIME,
    /** Milliseconds, at least 1. */
    SOME_TIME,
    /** A number of things, 0 allowed. */
    COUNT,
    /** A number of days, at least 1. */
    DAYS,
    /** 0 is off, any other number on. */
    SWITCH,
    /** Networks and addresses with commas between them. */
    NETWORKS,
    /** What somebody unknown may do: view or none. */
    ANONYMOUS_ROLE,
    /** One line of text, empty allowed; whoever uses it judges it. */
    TEXT
  }
}

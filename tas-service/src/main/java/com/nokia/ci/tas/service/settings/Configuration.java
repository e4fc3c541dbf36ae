package com.nokia.ci.tas.service.settings;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.service.farm.FarmSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The settings in force: a valid value for every {@link Setting}.
 *
 * <p>Immutable; an edit of the file makes a new one.
 *
 * @param values setting to its text, complete; every text was accepted by {@link SettingValue}
 */
public record Configuration(Map<Setting, String> values) {

  private static final Duration SHORTEST_SILENCE = Duration.ofMillis(100);

  /** What is in force when nobody has said anything. */
  public static final Configuration DEFAULTS = new Configuration(Map.of());

  /**
   * Settings that are not given have their defaults.
   *
   * @throws IllegalArgumentException when a value is none for its setting
   */
  public Configuration {
    var complete = new EnumMap<Setting, String>(Setting.class);
    for (var setting : Setting.values()) {
      String value = values.getOrDefault(setting, setting.defaultValue()).strip();
      SettingValue.complaint(setting, value)
          .ifPresent(
              complaint -> {
                throw new IllegalArgumentException(setting.key() + "=" + value + ": " + complaint);
              });
      complete.put(setting, value);
    }
    values = Collections.unmodifiableMap(complete);
  }

  /** The same with one value replaced. */
  public Configuration with(Setting setting, String value) {
    var changed = new EnumMap<>(values);
    changed.put(setting, value);
    return new Configuration(changed);
  }

  /** The text of a setting, as written. */
  public String text(Setting setting) {
    return values.get(setting);
  }

  /** A setting that is a time. */
  public Duration time(Setting setting) {
    return Duration.ofMillis(SettingValue.number(text(setting)));
  }

  /** A setting that is a number. */
  public int number(Setting setting) {
    return Math.toIntExact(SettingValue.number(text(setting)));
  }

  /** Whether no test is given to a node for now. */
  public boolean maintenanceMode() {
    return number(Setting.MAINTENANCE_MODE) != 0;
  }

  /** Whether other machines may read the pages over HTTPS alone. */
  public boolean httpsOnly() {
    return number(Setting.HTTPS_ONLY) != 0;
  }

  /** Who may speak plainly beside this machine. */
  public NetworkList plainPeerNetworks() {
    return NetworkList.parse(text(Setting.PLAIN_PEER_NETWORKS));
  }

  /** What somebody may do on the pages who has not logged in. */
  public Rights anonymousRights() {
    return new Rights(AccessRole.of(text(Setting.ANONYMOUS_ROLE)), Map.of());
  }

  /** How long the audit log is kept. */
  public Duration auditLogPeriod() {
    return Duration.ofDays(number(Setting.AUDIT_LOG_PERIOD));
  }

  /**
   * What the rules of the farm have to know of all this.
   *
   * @param service the address that the service shows of itself
   */
  public FarmSettings farmSettings(Endpoint service) {
    FarmSettings defaults = FarmSettings.defaults(service);
    return defaults
        .with(
            new FarmSettings.TestLimits(
                time(Setting.TEST_DEFAULT_TIMEOUT),
                time(Setting.TEST_MINIMAL_EXECUTION_TIME),
                time(Setting.RESOURCES_EXPECTATION_TIMEOUT),
                number(Setting.RETRIES),
                time(Setting.SET_ASIDE_WAIT),
                defaults.tests().disconnectionTimeout(),
                time(Setting.OVERTAKING_LIMIT)))
        .with(
            new FarmSettings.Silence(
                time(Setting.NODE_CHECKING_PERIOD),
                time(Setting.NODE_SILENCE_LIMIT),
                time(Setting.LOST_NODE_LEASE),
                time(Setting.CLIENT_CHECKING_PERIOD)))
        .with(
            new FarmSettings.Bounds(
                number(Setting.TESTS_PER_NODE),
                number(Setting.TESTS),
                defaults.bounds().endedTests(),
                defaults.bounds().absence()))
        .with(
            new FarmSettings.HealthLimits(
                number(Setting.FAILURE_LIMIT),
                time(Setting.COOL_DOWN),
                number(Setting.FLAPPING_LIMIT),
                time(Setting.FLAPPING_WINDOW),
                time(Setting.FLAPPING_STEADY_TIME)))
        .inMaintenance(maintenanceMode())
        .sharingFairly(number(Setting.FAIR_SHARE) != 0);
  }

  /** How long a session may be silent; one of less than a moment could not be kept. */
  public Duration sessionSilence() {
    Duration limit = time(Setting.SESSION_SILENCE);
    return limit.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : limit;
  }

  /** How long a client may be unreachable: never longer than its checking period. */
  public Duration clientAnswerLimit() {
    Duration period = time(Setting.CLIENT_CHECKING_PERIOD);
    Duration limit = time(Setting.CLIENT_ANSWER_LIMIT);
    return limit.compareTo(period) < 0 ? limit : period;
  }
}

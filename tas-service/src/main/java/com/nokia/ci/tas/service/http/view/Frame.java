package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.settings.Setting;
import java.util.List;
import java.util.Optional;

/**
 * What every page has around its content.
 *
 * @param service address of the service
 * @param description of its owner, may be empty
 * @param version of this program
 * @param uptime how long it runs
 * @param made when the page was made
 * @param zone whose clock times are told by
 * @param maintenance whether no test is forwarded to a node
 * @param live how the page keeps itself current; empty: it stays as it is
 * @param hasFarms whether other farms are known
 * @param who looks at it
 */
public record Frame(
    String service,
    String description,
    String version,
    String uptime,
    Moment made,
    String zone,
    boolean maintenance,
    Optional<Live> live,
    boolean hasFarms,
    Who who) {

  /**
   * How a page keeps itself current.
   *
   * @param mark of what it shows, by which it asks whether that is still so
   * @param events address of the stream that tells it when to ask
   */
  public record Live(String mark, String events) {
    private static final String ALL = "/api/v1/events";

    /** Of a page that shows much of the farm. */
    public static Live ofAll(String mark) {
      return new Live(mark, ALL);
    }

    /**
     * Of a page about one thing.
     *
     * @param sort test, product or node
     */
    public static Live of(String mark, String sort, String name) {
      return new Live(mark, ALL + "?" + sort + "=" + Address.encoded(name));
    }
  }

  /** What is around a page. */
  public static Frame of(
      ServiceCard card, Configuration configuration, Optional<Live> live, Telling telling) {
    return new Frame(
        card.address().toString(),
        card.description(),
        card.version(),
        telling.since(card.startedAt()),
        telling.moment(telling.now()),
        telling.zone().getId(),
        configuration.maintenanceMode(),
        live,
        !configuration.text(Setting.OTHER_SERVICES).isBlank(),
        telling.who());
  }

  /**
   * A name and a value.
   *
   * @param name what it is
   * @param value what it says
   * @param counted the value, if it is a time that goes on; none or one
   */
  public record Fact(String name, String value, List<Lapse> counted) {
    public Fact(String name, String value) {
      this(name, value, List.of());
    }

    static Fact counted(String name, Lapse lapse) {
      return new Fact(name, lapse.text(), List.of(lapse));
    }
  }

  static List<Fact> said(List<Fact> facts) {
    return facts.stream().filter(fact -> !fact.value().isBlank()).toList();
  }
}

package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.ProductAttribute.DISCONNECTION_TIME;
import static com.nokia.ci.tas.commons.model.ProductAttribute.RESERVATION_TIME;
import static com.nokia.ci.tas.commons.model.ProductAttribute.RESERVATION_TIMEOUT;
import static com.nokia.ci.tas.commons.model.ProductAttribute.ROLE;
import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS;
import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS_DETAILS;
import static com.nokia.ci.tas.commons.model.ProductAttribute.TAS_HOSTNAME;
import static com.nokia.ci.tas.commons.model.ProductAttribute.TAS_PORT;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ExtraAttributes;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A product as the farm knows it. Its node says what it is; the farm says whose it is.
 *
 * @param node where it is or was
 * @param described what its node says; of what the farm decides nothing
 * @param traits what demands are compared with: attribute name to value in lower case, as a free
 *     product of this service shows them
 * @param disabled why it must not be used, if its node says so
 * @param health whether it is fit for tests, as the farm and persons say
 * @param presence whether it is at its node
 * @param hold whose it is
 * @param corrected when its node, which believed something else of the hold, was last put right
 * @param pardon who has enabled it though the health test of its node says that it is sick; empty:
 *     nobody, or its node has heard it
 */
public record Product(
    NodeId node,
    ProductDescription described,
    Map<String, String> traits,
    Optional<String> disabled,
    Health health,
    Presence presence,
    Hold hold,
    Instant corrected,
    Optional<String> pardon) {

  /** Begins what a node says of a product that has failed its health test (docs/protocol.md). */
  private static final String SICK = "health test failed";

  /** Begins what a node is told of a product that a person has enabled all the same. */
  private static final String ENABLED = "enabled by ";

  private static final List<String> OURS =
      List.of(
          STATUS.text(),
          STATUS_DETAILS.text(),
          RESERVATION_TIME.text(),
          RESERVATION_TIMEOUT.text(),
          DISCONNECTION_TIME.text(),
          TAS_HOSTNAME.text(),
          TAS_PORT.text());

  /** A product that its node has just told of. */
  static Product reported(NodeId node, ProductDescription reported, Endpoint service) {
    var described = ExtraAttributes.bounded(reported.with(blank()));
    Optional<String> disabled =
        reported.status() == ProductStatus.DISABLED
            ? Optional.of(reported.statusDetails())
            : Optional.empty();
    return new Product(
        node,
        described,
        traits(described, service),
        disabled,
        Health.GOOD,
        new Presence.Here(),
        new Hold.Free(),
        Instant.EPOCH,
        Optional.empty());
  }

  ProductId id() {
    return described.id();
  }

  Product with(Hold newHold) {
    return new Product(
        node, described, traits, disabled, health, presence, newHold, corrected, pardon);
  }

  Product with(Presence newPresence) {
    return new Product(
        node, described, traits, disabled, health, newPresence, hold, corrected, pardon);
  }

  Product with(Health newHealth) {
    return new Product(
        node, described, traits, disabled, newHealth, presence, hold, corrected, pardon);
  }

  Product corrected(Instant at) {
    return new Product(node, described, traits, disabled, health, presence, hold, at, pardon);
  }

  /** The same, and this person has enabled it, which its node has to hear if it finds it sick. */
  Product pardoned(Optional<String> who) {
    return new Product(
        node,
        described,
        traits,
        disabled,
        health,
        presence,
        hold,
        corrected,
        who.filter(person -> isSick()));
  }

  /** Whether the health test of its node keeps it out of use. */
  private boolean isSick() {
    return disabled.filter(why -> why.startsWith(SICK)).isPresent();
  }

  /** What its node is told of it because a person has enabled it. */
  Optional<ProductDescription> pardoned(Endpoint service) {
    return pardon.map(
        who ->
            told(service)
                .with(
                    Map.of(
                        STATUS.text(),
                        ProductStatus.FREE.text(),
                        STATUS_DETAILS.text(),
                        ENABLED + who)));
  }

  /** The same as a product of a service at another address. */
  Product at(Endpoint service) {
    return new Product(
        node,
        described,
        traits(described, service),
        disabled,
        health,
        presence,
        hold,
        corrected,
        pardon);
  }

  /** Whether this is at its node and may be used, by whomever. */
  boolean isSound() {
    return presence instanceof Presence.Here && disabled.isEmpty() && !health.isOut();
  }

  /** Whether nothing but its hold is in the way of giving it to a test. */
  boolean isReady() {
    return isSound() && !health.isHeldBack();
  }

  /** Whether a run, or the issuer of one, has it. */
  boolean isBusy() {
    return hold instanceof Hold.Reserved || hold instanceof Hold.Kept;
  }

  /** Whether it is what a demand asks for; asks nothing of its hold. */
  boolean fits(ProductDemand demand) {
    return demand.isMetBy(traits);
  }

  /** Whose it is now, unless it is free or only kept for a test that waits. */
  Optional<Hold.Reservation> reservation() {
    if (hold instanceof Hold.Reserved reserved) {
      return Optional.of(reserved.reservation());
    }
    return hold instanceof Hold.Kept kept ? Optional.of(kept.reservation()) : Optional.empty();
  }

  /** The status that its node is told of, and may tell of. */
  ProductStatus status() {
    return status(disabled);
  }

  private ProductStatus status(Optional<String> why) {
    if (isBusy()) {
      return ProductStatus.BUSY;
    }
    return why.isPresent() ? ProductStatus.DISABLED : ProductStatus.FREE;
  }

  /**
   * Everything about it, secrets included, as its node is told: what the farm and persons hold
   * against it is none of the node's business, and would come back as the node's own word.
   */
  ProductDescription told(Endpoint service) {
    return shown(service, disabled);
  }

  /** Everything about it, secrets included, as the service shows it. */
  ProductDescription shown(Endpoint service) {
    return shown(service, whyNot());
  }

  /** Why it is given to no test, as its node, persons and the farm say, in this order. */
  Optional<String> whyNot() {
    var ours = HealthWords.why(health);
    return disabled.map(why -> ours.map(our -> why + "; " + our).orElse(why)).or(() -> ours);
  }

  private ProductDescription shown(Endpoint service, Optional<String> notGiven) {
    return described.changed(all -> show(all, service, notGiven));
  }

  private void show(Map<String, String> all, Endpoint service, Optional<String> notGiven) {
    all.put(ROLE.text(), described.role().text());
    all.put(STATUS.text(), status(notGiven).text());
    notGiven.ifPresent(why -> all.put(STATUS_DETAILS.text(), why));
    reservation()
        .ifPresent(
            reservation -> {
              all.put(STATUS_DETAILS.text(), reservation.run().text());
              all.put(RESERVATION_TIME.text(), Long.toString(reservation.since().toEpochMilli()));
              all.put(RESERVATION_TIMEOUT.text(), Long.toString(reservation.timeout().toMillis()));
            });
    presence
        .goneSince()
        .ifPresent(
            since -> all.put(DISCONNECTION_TIME.text(), Long.toString(since.toEpochMilli())));
    all.put(TAS_HOSTNAME.text(), service.host());
    all.put(TAS_PORT.text(), Integer.toString(service.port()));
  }

  /** When something has to happen to it. */
  Optional<Instant> due(Duration absence) {
    var own = ownDue(absence);
    return health.due().filter(due -> own.filter(due::isAfter).isEmpty()).or(() -> own);
  }

  /** When something has to happen to it that has nothing to do with its health. */
  Optional<Instant> ownDue(Duration absence) {
    if (hold instanceof Hold.Kept kept) {
      return Optional.of(kept.reservation().until());
    }
    if (hold instanceof Hold.Reserved reserved) {
      return presence instanceof Presence.Missing missing
          ? Optional.of(Deadline.after(missing.since(), reserved.grace()))
          : Optional.empty();
    }
    return presence.goneSince().map(since -> Deadline.after(since, absence));
  }

  private static Map<String, String> traits(ProductDescription described, Endpoint service) {
    var traits = new HashMap<String, String>();
    described.values().forEach((name, value) -> traits.put(name, ProductDemand.lower(value)));
    traits.put(ROLE.text(), Role.of(described.value(ROLE)).orElse(Role.MAIN).text());
    traits.put(STATUS.text(), ProductStatus.FREE.text());
    traits.put(TAS_HOSTNAME.text(), ProductDemand.lower(service.host()));
    traits.put(TAS_PORT.text(), Integer.toString(service.port()));
    return Collections.unmodifiableMap(traits);
  }

  private static Map<String, String> blank() {
    var blank = new HashMap<String, String>();
    OURS.forEach(name -> blank.put(name, ""));
    return blank;
  }
}

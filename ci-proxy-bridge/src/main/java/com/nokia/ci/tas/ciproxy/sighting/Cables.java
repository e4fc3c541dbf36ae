package com.nokia.ci.tas.ciproxy.sighting;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.ciproxy.detector.Imei;
import com.nokia.ci.tas.ciproxy.detector.SerialNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes one product of what is seen of it over several cables: a phone on USB that adb knows on the
 * network too, a board that the USB detector sees behind adb's back.
 *
 * <p>Sightings are one product when they share an IMEI, a serial number that tells devices apart,
 * or a USB port. What one detector sees on two USB ports or at two network addresses are two
 * products whatever they call themselves: then the second is known by the name of its connection. A
 * product keeps its name as long as the bridge runs. Not thread-safe.
 */
public final class Cables {
  private static final int MOST_REMEMBERED = 4_000;
  private static final Comparator<Sighting> MAIN_FIRST =
      Comparator.comparingInt((Sighting it) -> it.kind().rank).thenComparingInt(Sighting::position);

  private final Map<String, String> imeis = new Memory();
  private final Map<String, String> owners = new Memory();
  private final Map<String, String> refused = new Memory();

  /** What a cable is, the one that a test should use before the others. */
  private enum Kind {
    USB(0),
    OTHER(1),
    NETWORK(2);

    private final int rank;

    Kind(int rank) {
      this.rank = rank;
    }

    static Kind of(String cable) {
      return cable.startsWith("usb:") ? USB : cable.startsWith("tcp:") ? NETWORK : OTHER;
    }
  }

  /** What came into a bounded memory last pushes out what was not asked for the longest. */
  private static final class Memory extends LinkedHashMap<String, String> {
    private static final long serialVersionUID = 1L;

    Memory() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }

  /** One device as one detector sees it. */
  private record Sighting(Device device, int source, int position) {
    String cable() {
      return device.facts().get(Facts.CABLE).orElse("");
    }

    Kind kind() {
      return Kind.of(cable());
    }

    Optional<String> imei() {
      return Optional.of(device.imei()).filter(Imei::isValid);
    }

    Optional<String> serial() {
      return device
          .facts()
          .get(Facts.SERIAL_NUMBER)
          .filter(SerialNumber::tellsApart)
          .map(it -> "sn " + SerialNumber.plain(it));
    }

    /** What it has in common with other sightings of the same product. */
    Set<String> identities() {
      var identities = new HashSet<String>();
      identities.add("imei " + device.imei());
      serial().ifPresent(identities::add);
      if (kind() == Kind.USB) {
        identities.add(cable());
      }
      return identities;
    }

    /** Whether it cannot be the same product as another, whatever they share. */
    boolean excludes(Sighting other) {
      boolean twoPlaces =
          source == other.source
              && kind() != Kind.OTHER
              && kind() == other.kind()
              && !cable().equals(other.cable());
      boolean samePhone = imei().isPresent() && imei().equals(other.imei());
      return twoPlaces
          || differ(imei(), other.imei())
          || (!samePhone && differ(serial(), other.serial()));
    }

    private static boolean differ(Optional<String> one, Optional<String> other) {
      return one.isPresent() && other.isPresent() && !one.equals(other);
    }
  }

  /** Sightings that are one product, the one to use before the others. */
  private static final class Product {
    private final List<Sighting> sightings = new ArrayList<>();

    void add(Sighting sighting) {
      sightings.add(sighting);
      sightings.sort(MAIN_FIRST);
    }

    boolean isEmpty() {
      return sightings.isEmpty();
    }

    boolean canBe(Sighting other) {
      return sightings.stream().noneMatch(it -> it.excludes(other));
    }

    Device main() {
      return sightings.get(0).device();
    }

    int position() {
      return sightings.stream().mapToInt(Sighting::position).min().orElse(0);
    }

    Optional<String> imei() {
      return sightings.stream().flatMap(it -> it.imei().stream()).findFirst();
    }

    List<String> serials() {
      return sightings.stream().flatMap(it -> it.serial().stream()).toList();
    }

    /** All that is known, under one name. */
    Device named(String name) {
      Facts facts = Facts.none();
      for (var it : sightings) {
        facts = facts.or(it.device().facts());
      }
      List<String> cables =
          sightings.stream().map(Sighting::cable).filter(it -> !it.isEmpty()).distinct().toList();
      return new Device(
          name,
          first(Device::rmCode, it -> !it.equals(Device.UNKNOWN_MODEL)).orElse(main().rmCode()),
          main().connectionName(),
          main().connectionId(),
          first(Device::port, it -> !it.isEmpty()).orElse(""),
          facts.with(Facts.CABLE, String.join(" ", cables)));
    }

    private Optional<String> first(Function<Device, String> field, Predicate<String> condition) {
      return sightings.stream().map(Sighting::device).map(field).filter(condition).findFirst();
    }
  }

  private record Claim(Product product, String name, boolean isOwner) {}

  /**
   * The products behind what is seen, in that order, no two of them with one name.
   *
   * @param seen what each detector sees
   */
  public List<Device> join(List<List<Device>> seen) {
    var products = productsOf(seen);
    var taken = new HashSet<String>();
    return products.stream()
        .sorted(Comparator.comparingInt(Product::position))
        .map(this::claim)
        .sorted(Comparator.comparing(it -> !it.isOwner()))
        .toList()
        .stream()
        .flatMap(it -> settle(it, taken).stream())
        .toList();
  }

  private static List<Product> productsOf(List<List<Device>> seen) {
    var products = new ArrayList<Product>();
    var known = new HashMap<String, List<Product>>();
    for (var sighting : mostTellingFirst(seen)) {
      Product product =
          sighting.identities().stream()
              .flatMap(it -> known.getOrDefault(it, List.of()).stream())
              .filter(it -> it.canBe(sighting))
              .min(Comparator.comparingInt(Product::position))
              .orElseGet(Product::new);
      if (product.isEmpty()) {
        products.add(product);
      }
      product.add(sighting);
      sighting
          .identities()
          .forEach(it -> known.computeIfAbsent(it, any -> new ArrayList<>()).add(product));
    }
    return products;
  }

  /** A sighting that knows IMEI and serial number joins those that know one of them. */
  private static List<Sighting> mostTellingFirst(List<List<Device>> seen) {
    var sightings = new ArrayList<Sighting>();
    for (int i = 0; i < seen.size(); i++) {
      for (var device : seen.get(i)) {
        sightings.add(new Sighting(device, i, sightings.size()));
      }
    }
    sightings.sort(
        Comparator.comparingInt((Sighting it) -> -it.identities().size())
            .thenComparingInt(Sighting::position));
    return sightings;
  }

  /** What a product calls itself: its IMEI, by which its serial number stays known. */
  private Claim claim(Product product) {
    product.imei().ifPresent(imei -> product.serials().forEach(it -> imeis.put(it, imei)));
    String name =
        product
            .imei()
            .or(() -> product.serials().stream().flatMap(it -> knownImei(it).stream()).findFirst())
            .orElseGet(() -> product.main().imei());
    return new Claim(product, name, product.main().connectionId().equals(owners.get(name)));
  }

  private Optional<String> knownImei(String serial) {
    return Optional.ofNullable(imeis.get(serial));
  }

  private Optional<Device> settle(Claim claim, Set<String> taken) {
    Device main = claim.product().main();
    boolean wasRefused = claim.name().equals(refused.get(main.connectionId()));
    if (!wasRefused && taken.add(claim.name())) {
      owners.put(claim.name(), main.connectionId());
      return Optional.of(claim.product().named(claim.name()));
    }
    refused.put(main.connectionId(), claim.name());
    String other = Device.key(main.connectionName());
    return other.isEmpty() || !taken.add(other)
        ? Optional.empty()
        : Optional.of(claim.product().named(other));
  }
}

package com.nokia.ci.tas.service.farm;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How large a simulated farm is, how long there is mischief, and what is special about it. */
@SuppressWarnings("ImmutableEnumChecker") // a record, and a set that nobody else has
enum Make {
  SMALL(Size.SMALL),
  SMALL_WRITTEN(Size.SMALL, Trait.WRITTEN),
  SMALL_PRIORITISING(Size.SMALL, Trait.PRIORITISING),
  DENSE(Size.DENSE),
  SMALL_LATE(Size.SMALL, Trait.LATE),
  SMALL_DETACHING(Size.SMALL, Trait.DETACHING),
  COMPARING(Size.CROWDED, Trait.COMPARING),
  USUAL(Size.USUAL, Trait.WRITTEN),
  USUAL_DETACHING(Size.USUAL, Trait.WRITTEN, Trait.DETACHING),
  USUAL_LATE(Size.USUAL, Trait.WRITTEN, Trait.PRIORITISING, Trait.LATE);

  /** The small ones of eight seeds that follow one another; behind them comes a larger one. */
  private static final List<Make> FIRST =
      List.of(SMALL, DENSE, SMALL_PRIORITISING, SMALL_LATE, SMALL_DETACHING, DENSE, SMALL_WRITTEN);

  /** The larger ones, in turn. */
  private static final List<Make> LAST = List.of(USUAL, COMPARING, USUAL_LATE, USUAL_DETACHING);

  private final Size size;
  private final Set<Trait> traits;

  Make(Size size, Trait... traits) {
    this.size = size;
    this.traits =
        traits.length == 0 ? EnumSet.noneOf(Trait.class) : EnumSet.copyOf(List.of(traits));
  }

  /**
   * What there is of everything.
   *
   * @param batches how many are written from one checkpoint to the next
   */
  private record Size(int nodes, int products, int clients, Duration chaos, int batches) {
    private static final Size SMALL = new Size(3, 5, 2, Duration.ofMinutes(8), 40);
    private static final Size DENSE = new Size(2, 7, 3, Duration.ofMinutes(8), 40);
    private static final Size CROWDED = new Size(3, 6, 3, Duration.ofMinutes(6), 40);
    private static final Size USUAL = new Size(5, 10, 3, Duration.ofMinutes(20), 150);
  }

  /** What is special about some farms. */
  enum Trait {
    /** Its service goes on with bytes, through the codec of the stores, not with the records. */
    WRITTEN,
    /** Clients start tests that outlive them, follow those of others, and take what is kept. */
    DETACHING,
    /**
     * So many tests with comparisons of their own wait that the farm does not look after them all.
     */
    COMPARING,
    /** A person gives tests other priorities all the time. */
    PRIORITISING,
    /** Most nodes know no attempts, what they report may be late by minutes, and names are few. */
    LATE
  }

  /** The make of the farm of a seed. */
  static Make of(long seed) {
    int eight = FIRST.size() + 1;
    int place = Math.floorMod(seed, eight);
    return place < FIRST.size()
        ? FIRST.get(place)
        : LAST.get(Math.floorMod(Math.floorDiv(seed, eight), LAST.size()));
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  int nodes() {
    return size.nodes();
  }

  int products() {
    return size.products();
  }

  int clients() {
    return size.clients();
  }

  /** How long there is mischief. */
  Duration chaos() {
    return size.chaos();
  }

  /** How many batches are written from one checkpoint to the next. */
  int batches() {
    return size.batches();
  }
}

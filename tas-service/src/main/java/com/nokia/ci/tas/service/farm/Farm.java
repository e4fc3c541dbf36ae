package com.nokia.ci.tas.service.farm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One test farm: takes what happens, decides, and says what is to be done (guide, "Test execution
 * flow").
 *
 * <p>Deterministic: the same events in the same order give the same effects. Not safe for several
 * threads; one thread owns a farm. Snapshots may be handed to any.
 */
public final class Farm {
  private Books books;

  public Farm(FarmSettings settings) {
    books = new Books(settings);
  }

  private Farm(Books books) {
    this.books = books;
  }

  /** A farm that goes on exactly where the one stood that the image was taken of. */
  public static Farm restored(FarmImage image) {
    return new Farm(image.books());
  }

  /**
   * Takes one event. When this throws, the farm is as it was before. An event whose time lies
   * before that of the last one counts as simultaneous with it.
   *
   * @return what is to be done, in this order
   */
  public List<Effect> apply(Event event) {
    var now = Deadline.later(event.at(), books.at);
    if (event instanceof Event.TimePassed) {
      return passTime(now);
    }
    var turn = new Turn(before(event), now);
    event.applyTo(turn);
    return commit(turn);
  }

  /** When {@link Event.TimePassed} has to be applied next, unless something happens before. */
  public Optional<Instant> nextDeadline() {
    return firstDue().map(Due::at);
  }

  /** The farm as it is now; costs next to nothing. */
  public FarmSnapshot snapshot() {
    return new BooksSnapshot(books);
  }

  /** The state, for those who check it. */
  Books books() {
    return books;
  }

  private Books before(Event event) {
    if (event instanceof Event.SettingsChanged change) {
      return books.under(change.settings());
    }
    return event instanceof Event.ServiceStarted start ? books.under(start.settings()) : books;
  }

  private List<Effect> commit(Turn turn) {
    turn.scheduler.settle();
    turn.books.version++;
    turn.books.at = turn.now;
    books = turn.books;
    return List.copyOf(turn.effects);
  }

  /**
   * One thing whose time has come.
   *
   * @param rule what then happens
   * @param defuse forgets the time, should the rule fail
   */
  private record Due(Instant at, Object what, Consumer<Turn> rule, Consumer<Books> defuse) {}

  private List<Effect> passTime(Instant now) {
    var effects = new ArrayList<Effect>();
    var due = firstDue();
    while (due.isPresent() && !due.get().at().isAfter(now)) {
      effects.addAll(happen(due.get(), now));
      due = firstDue();
    }
    books = new Books(books);
    books.version++;
    books.at = now;
    return List.copyOf(effects);
  }

  /** A rule that fails, or does not move its time on, must not be called again and again. */
  private List<Effect> happen(Due due, Instant now) {
    var turn = new Turn(books, now);
    try {
      due.rule().accept(turn);
      var effects = commit(turn);
      firstDue()
          .filter(next -> next.what().equals(due.what()) && next.at().equals(due.at()))
          .ifPresent(
              next -> {
                throw new IllegalStateException(due.what() + " is due again at once");
              });
      return effects;
    } catch (RuntimeException e) {
      var defused = new Books(books);
      due.defuse().accept(defused);
      books = defused;
      return List.of(new Effect.RuleFailed("what was due for " + due.what(), e));
    }
  }

  private Optional<Due> firstDue() {
    return Stream.of(
            first(
                books.nodesDue.first(),
                b -> b.nodesDue = b.nodesDue.withoutFirst(),
                (turn, id) -> turn.nodes.due(id)),
            first(
                books.productsDue.first(),
                b -> b.productsDue = b.productsDue.withoutFirst(),
                (turn, id) -> turn.products.due(id)),
            first(
                books.issuersDue.first(),
                b -> b.issuersDue = b.issuersDue.withoutFirst(),
                (turn, id) -> turn.clients.due(id)),
            counted(
                books.testsDue.first(),
                b -> b.testsDue = b.testsDue.withoutFirst(),
                (turn, arrival) -> turn.tests.due(arrival.test())),
            first(
                books.wholesDue.first(),
                b -> b.wholesDue = b.wholesDue.withoutFirst(),
                (turn, id) -> turn.parts.unanswered(id)),
            counted(
                books.groupsDue.first(),
                b -> b.groupsDue = b.groupsDue.withoutFirst(),
                (turn, wish) -> turn.tests.hopeless(wish)),
            first(
                books.pastProducts.dues().first(),
                b -> b.pastProducts = b.pastProducts.withoutFirstDue(),
                (turn, id) -> turn.care.forget(id)),
            first(
                books.pastNodes.dues().first(),
                b -> b.pastNodes = b.pastNodes.withoutFirstDue(),
                (turn, id) -> turn.care.forget(id)))
        .flatMap(Optional::stream)
        .min(Comparator.comparing(Due::at));
  }

  /** The same among things whose times are counted. */
  private <K extends Comparable<? super K>> Optional<Due> counted(
      Optional<Dues.Due<K>> first, Consumer<Books> defuse, BiConsumer<Turn, K> rule) {
    return first(first, defuse, rule)
        .map(due -> new Due(books.clock(due.at()), due.what(), due.rule(), due.defuse()));
  }

  /**
   * What is due first among the things of one sort.
   *
   * @param defuse takes it from what is due
   */
  private static <K extends Comparable<? super K>> Optional<Due> first(
      Optional<Dues.Due<K>> first, Consumer<Books> defuse, BiConsumer<Turn, K> rule) {
    return first.map(
        due -> new Due(due.at(), due.key(), turn -> rule.accept(turn, due.key()), defuse));
  }
}

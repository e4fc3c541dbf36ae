package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that a farm has to remember, in plain lists: what a checkpoint keeps. What follows
 * from it, such as indexes, the queue and due times, is worked out when a farm is {@linkplain
 * Farm#restored restored} from it; a restored farm decides exactly as the one that the image was
 * taken of.
 *
 * <p>Contains secrets: codes of products, and parameters of tests. Immutable.
 *
 * @param settings that were in force
 * @param count how far the farm had come
 * @param nodes by address
 * @param products by IMEI
 * @param tests those that have not ended, waiting ones first, each sort by age
 * @param groups what the waiting tests wait for
 * @param clients that have tests here, or ends that they have yet to hear of
 * @param ended the tests that ended last, oldest first
 * @param pastProducts what is known of the health of products that are gone
 * @param pastNodes the same of nodes
 * @param laps how far the issuers of tests are
 * @param habits how long runs take, longest unused first
 * @param wholes those of the tests that are split, or will be
 * @param packages how long packages took, those heard of last at the end
 */
public record FarmImage(
    FarmSettings settings,
    Count count,
    List<KnownNode> nodes,
    List<Product> products,
    List<LiveTest> tests,
    List<KnownGroup> groups,
    List<KnownClient> clients,
    List<EndedTest> ended,
    List<PastProduct> pastProducts,
    List<PastNode> pastNodes,
    List<KnownLap> laps,
    List<Habit> habits,
    List<WholeTest> wholes,
    List<KnownPackage> packages) {

  /** An image that was kept before there were sub-tests has none. */
  public FarmImage {
    wholes = wholes == null ? List.of() : List.copyOf(wholes);
    packages = packages == null ? List.of() : List.copyOf(packages);
  }

  /**
   * How far a farm has come.
   *
   * @param version how many events it has taken
   * @param nextAge age of the test that is accepted next
   * @param at time of the last event
   * @param lap that is being served
   * @param away how long the service was away in all
   */
  public record Count(long version, long nextAge, Instant at, long lap, Duration away) {}

  /**
   * A node.
   *
   * @param contact whether it can be talked to
   * @param runs what it was told to run and has not ended for certain
   * @param cooling names that it must not be told to start yet
   * @param lists whether it says what it runs when it registers
   * @param standing whether it is fit for tests
   */
  public record KnownNode(
      NodeDescription description,
      Contact contact,
      List<Run> runs,
      List<Cooled> cooling,
      boolean lists,
      Health standing) {}

  /** A name of a run, and until when no such run is started. */
  public record Cooled(RuntimeId name, Instant until) {}

  /**
   * What tests wait for.
   *
   * @param witness a node whose products would do
   * @param hopeless since when there is no such node, in {@linkplain Books#counted counted} time
   */
  public record KnownGroup(Wish wish, Optional<NodeId> witness, Optional<Instant> hopeless) {}

  /**
   * A client.
   *
   * @param heard when it last gave a sign of life
   * @param probed when it was last looked for
   * @param line how it spoke when it last started a test
   * @param untold ends that it has yet to hear of
   */
  public record KnownClient(
      ClientId id, Instant heard, Instant probed, Event.Line line, List<UntoldEnd> untold) {}

  /** What is known of the health of a product that went at some time. */
  public record PastProduct(ProductId id, Health health, Instant gone) {}

  /** What is known of the health of a node that went at some time. */
  public record PastNode(NodeId id, Health standing, Instant gone) {}

  /** The last lap of an issuer. */
  public record KnownLap(String issuer, long lap) {}

  /**
   * A package of tests.
   *
   * @param name its own and that of its project
   * @param millis how long it takes
   */
  public record KnownPackage(String name, long millis) {}

  static FarmImage of(Books books) {
    return new FarmImage(
        books.settings,
        new Count(books.version, books.nextAge, books.at, books.laps.lap(), books.away),
        books.nodes.values().map(FarmImage::known).toList(),
        books.products.values().toList(),
        tests(books),
        books
            .groups
            .values()
            .map(group -> new KnownGroup(group.wish(), group.witness(), group.hopeless()))
            .toList(),
        clients(books),
        books.ended.values().toList(),
        pastProducts(books),
        pastNodes(books),
        books.laps.order().keys().map(mark -> new KnownLap(mark.issuer(), mark.lap())).toList(),
        books.habits.all().toList(),
        books.wholes.values().toList(),
        books
            .packageTimes
            .uses()
            .values()
            .map(name -> new KnownPackage(name, books.packageTimes.times().at(name).millis()))
            .toList());
  }

  private static List<PastProduct> pastProducts(Books books) {
    var past = new ArrayList<PastProduct>();
    for (var entry : books.pastProducts.past()) {
      past.add(new PastProduct(entry.getKey(), entry.getValue().health(), entry.getValue().gone()));
    }
    return List.copyOf(past);
  }

  private static List<PastNode> pastNodes(Books books) {
    var past = new ArrayList<PastNode>();
    for (var entry : books.pastNodes.past()) {
      past.add(new PastNode(entry.getKey(), entry.getValue().health(), entry.getValue().gone()));
    }
    return List.copyOf(past);
  }

  private static List<LiveTest> tests(Books books) {
    return Stream.concat(books.queue.values(), books.running.values()).map(books::test).toList();
  }

  private static List<KnownClient> clients(Books books) {
    var clients = new ArrayList<KnownClient>();
    for (var entry : books.issuers) {
      var issuer = entry.getValue();
      clients.add(
          new KnownClient(
              entry.getKey(),
              issuer.heard(),
              issuer.probed(),
              issuer.line(),
              issuer.untold().values().toList()));
    }
    return List.copyOf(clients);
  }

  private static KnownNode known(Node node) {
    var cooling = new ArrayList<Cooled>();
    for (Map.Entry<RuntimeId, Instant> name : node.cooling().until()) {
      cooling.add(new Cooled(name.getKey(), name.getValue()));
    }
    return new KnownNode(
        node.description(),
        node.contact(),
        node.runs().values().toList(),
        List.copyOf(cooling),
        node.lists(),
        node.standing());
  }

  /** The books that this is an image of; nothing in them is stirred. */
  Books books() {
    var books = new Books(settings);
    books.away = count.away();
    nodes.forEach(known -> books.put(node(known)));
    products.forEach(books::put);
    wholes.forEach(books::put);
    tests.forEach(test -> books.put(test.with(books.shared(test.order()))));
    for (var known : groups) {
      books
          .groups
          .get(known.wish())
          .map(group -> group.with(known.witness(), known.hopeless()))
          .ifPresent(books::put);
    }
    for (var known : clients) {
      var tests = books.issuers.get(known.id()).map(Issuer::tests).orElse(Table.empty());
      var issuer =
          new Issuer(known.id(), known.heard(), known.probed(), known.line(), tests, Table.empty());
      for (var end : known.untold()) {
        issuer = issuer.owed(end);
      }
      books.put(known.id(), issuer);
    }
    ended.forEach(books::show);
    pastProducts.forEach(past -> books.remember(past.id(), past.health(), past.gone()));
    pastNodes.forEach(past -> books.remember(past.id(), past.standing(), past.gone()));
    books.laps = books.laps.begun(count.lap());
    for (var known : laps) {
      books.laps = books.laps.with(known.issuer(), known.lap());
    }
    for (var habit : habits) {
      books.habits = books.habits.with(habit);
    }
    for (var known : packages) {
      books.packageTimes = books.packageTimes.with(known.name(), known.millis());
    }
    books.nextAge = count.nextAge();
    books.version = count.version();
    books.at = count.at();
    books.stirred = Stirred.NOTHING;
    return books;
  }

  private static Node node(KnownNode known) {
    var node =
        Node.of(known.description(), known.contact()).listing(known.lists()).with(known.standing());
    for (var run : known.runs()) {
      node = node.with(run);
    }
    var cooling = Cooling.NONE;
    for (var cooled : known.cooling()) {
      cooling = cooling.until(cooled.name(), cooled.until());
    }
    return node.cooling(cooling);
  }
}

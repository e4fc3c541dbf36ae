package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FAILED;
import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.commons.model.TestStatus.STOPPED;

import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What must be true of a simulated farm after every event. */
final class Invariants {
  private static final Set<TestStatus> FINAL = EnumSet.of(FINISHED, FAILED, STOPPED);

  private Invariants() {}

  /** Every promise that can be kept in such a world. */
  static Invariant[] all(Mischief mischief) {
    var all =
        List.of(
            new OneTestAProduct(),
            new OneEnd(),
            new AcceptedStays(),
            new ReservationsEnd(),
            new TrueResults(),
            new NobodyStarves(),
            new HandsAreRespected(),
            new DetachedOutlive(),
            new BooksAgree());
    return mischief.isOfPeers()
        ? all.toArray(Invariant[]::new)
        : Stream.concat(all.stream(), Stream.of(new RestartsHurtNobody()))
            .toArray(Invariant[]::new);
  }

  /** Somebody else, or nobody, is the client of a test that runs. */
  private static Optional<Effect.BindRun> attached(Effect effect) {
    return effect instanceof Effect.BindRun bind && bind.run().origin().bond() == Bond.ATTACH
        ? Optional.of(bind)
        : Optional.empty();
  }

  private static String text(Effect.BindRun bind) {
    return new ClientId(bind.client()).toString();
  }

  /** No product is used by two processes at once, in the world as it really is. */
  static final class OneTestAProduct implements Invariant {
    private long begun;

    @Override
    public void afterAction(Simulation simulation) {
      if (begun == simulation.world.begun) {
        return;
      }
      begun = simulation.world.begun;
      for (var node : simulation.world.nodes) {
        for (var product : node.plugged) {
          var users = node.users(product);
          if (users.size() > 1) {
            throw new Violation(
                "product "
                    + product
                    + " is used by "
                    + users.stream().map(u -> u.order().start.test().id()).toList()
                    + " on "
                    + node.description.id());
          }
        }
      }
    }
  }

  /**
   * The issuer of an accepted test is told one end and nothing afterwards, unless the same once
   * more because nobody knows whether it was heard.
   */
  static final class OneEnd implements Invariant {
    private final Map<TestId, String> live = new TreeMap<>();
    private final Map<String, Effect.TellClient> ends = new TreeMap<>();

    @Override
    public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
      for (var effect : effects) {
        bound(effect);
        if (effect instanceof Effect.DivideTest divide
            && event instanceof Event.TestSubmitted submission) {
          // Taken, though its issuer is not told before the answer is there.
          live.put(divide.test(), submission.client().endpoint().toString());
        }
        if (effect instanceof Effect.TellClient tell
            && tell.kind() == Effect.TellClient.Kind.UPDATE) {
          told(event, tell);
        }
      }
    }

    /** Who has followed a test until now is told no more; the end of nobody's test is told none. */
    private void bound(Effect effect) {
      attached(effect).ifPresent(bind -> live.replace(bind.run().id().test(), text(bind)));
      if (effect instanceof Effect.RecordEnded ended
          && ended.test().verdict() != EndedTest.Verdict.REFUSED) { // that is another of its name
        live.remove(ended.test().test().id().test(), ClientId.NOBODY.toString());
      }
    }

    private void told(Event event, Effect.TellClient tell) {
      var id = tell.test().id().test();
      var status = tell.test().progress().status();
      String issuer = tell.to().toString();
      if (issuer.equals(live.get(id))) {
        if (FINAL.contains(status)) {
          live.remove(id);
          ends.put(id + " of " + issuer, tell);
        }
      } else if (event instanceof Event.TestSubmitted submission
          && submission.test().id().test().equals(id)) {
        if (!live.containsKey(id) && status == TestStatus.PENDING) {
          live.put(id, issuer);
        } else if (status != FAILED && !isRepeated(event, tell)) {
          throw new Violation("test " + id + " is taken twice: " + status);
        }
      } else if (!isAnswer(event, tell) && !isRepeated(event, tell)) {
        throw new Violation("test " + id + " has ended, but its issuer is told " + status);
      }
    }

    private boolean isRepeated(Event event, Effect.TellClient tell) {
      boolean mayRepeat =
          event instanceof Event.ServiceStarted
              || event instanceof Event.ClientRegistered
              || event instanceof Event.TestSubmitted;
      return mayRepeat && tell.equals(ends.get(tell.test().id().test() + " of " + tell.to()));
    }

    private static boolean isAnswer(Event event, Effect.TellClient tell) {
      return (event instanceof Event.StopRequested stop && stop.by().equals(tell.to()))
          || (event instanceof Event.CheckRequested check && check.by().equals(tell.to()));
    }

    @Override
    public void atTheEnd(Simulation simulation) {
      if (!live.isEmpty()) {
        throw new Violation("never ended: " + live);
      }
    }
  }

  /** What was answered as accepted is still there after any number of restarts, until it ends. */
  static final class AcceptedStays implements Invariant {
    private final Map<TestId, String> live = new TreeMap<>();

    @Override
    public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
      if (event instanceof Event.ServiceStarted) {
        var endedNow =
            effects.stream()
                .filter(Effect.RecordEnded.class::isInstance)
                .map(effect -> ((Effect.RecordEnded) effect).test().test().id().test())
                .toList();
        for (var entry : live.entrySet()) {
          var test = simulation.farm().books().whole(entry.getKey());
          if (!endedNow.contains(entry.getKey())
              && test.filter(t -> t.order().client().toString().equals(entry.getValue()))
                  .isEmpty()) {
            throw new Violation("test " + entry + " was accepted, and is lost");
          }
        }
      }
    }

    @Override
    public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
      for (var effect : effects) {
        if (effect instanceof Effect.TellClient tell
            && (event instanceof Event.TestSubmitted || event instanceof Event.TestDivided)
            && tell.test().progress().status() == TestStatus.PENDING) {
          live.putIfAbsent(tell.test().id().test(), tell.to().toString());
        } else if (attached(effect).isPresent()) {
          attached(effect).ifPresent(bind -> live.replace(bind.run().id().test(), text(bind)));
        } else if (effect instanceof Effect.RecordEnded ended
            && !(ended.test().verdict() == EndedTest.Verdict.REFUSED
                && event instanceof Event.TestSubmitted)) {
          live.remove(ended.test().test().id().test());
        }
      }
    }

    @Override
    public void atTheEnd(Simulation simulation) {
      for (var client : simulation.world.clients) {
        if (!client.unended().isEmpty()) {
          throw new Violation(client.id + " never heard the end of " + client.unended());
        }
      }
    }
  }

  /** In a world where all others do what they should, no test fails, and none is run twice. */
  static final class RestartsHurtNobody implements Invariant {
    @Override
    public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
      for (var effect : effects) {
        if (effect instanceof Effect.StartRun start && start.test().progress().attempt() > 1) {
          throw new Violation("test " + start.test().id() + " is started again");
        }
        if (effect instanceof Effect.RecordEnded ended
            && ended.test().verdict() == EndedTest.Verdict.FAILED
            && ended.test().times().reserved().isPresent()) {
          throw new Violation("test " + ended.test().test().id() + ": " + ended.test().reason());
        }
      }
    }
  }

  /** No product is held longer than it may be, and none for ever. */
  static final class ReservationsEnd implements Invariant {
    @Override
    public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
      if (event instanceof Event.ServiceStarted) {
        return; // what became due while it was away is done next
      }
      var books = simulation.farm().books();
      for (var entry : books.products) {
        var product = entry.getValue();
        var reservation = product.reservation();
        if (reservation.isEmpty()) {
          continue;
        }
        var run =
            books.nodes.get(product.node()).flatMap(node -> node.run(reservation.get().run()));
        boolean isOverdue = reservation.get().until().isBefore(simulation.now);
        boolean isEnding = run.filter(Run::isEnding).isPresent();
        boolean isForNobody = product.hold() instanceof Hold.Reserved && run.isEmpty();
        if ((isOverdue && !isEnding) || isForNobody) {
          throw new Violation("product " + product.id() + " is held by " + reservation);
        }
      }
    }

    @Override
    public void atTheEnd(Simulation simulation) {
      for (var product : simulation.farm().snapshot().products()) {
        if (product.holder().isPresent() || product.keptFor().isPresent()) {
          throw new Violation("product " + product + " is never free again");
        }
      }
    }
  }

  /** A test finishes only because its last run really succeeded. */
  static final class TrueResults implements Invariant {
    @Override
    public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
      for (var effect : effects) {
        if (effect instanceof Effect.RecordEnded ended
            && ended.test().verdict() == EndedTest.Verdict.FINISHED) {
          var parts = ended.test().parts().stream().map(EndedTest.Part::id).toList();
          var runs = parts.isEmpty() ? List.of(ended.test().test().id()) : parts;
          runs.forEach(run -> succeeded(simulation, run));
        }
      }
    }

    private static void succeeded(Simulation simulation, RuntimeId run) {
      var order = simulation.world.orders.get(run.text());
      if (order == null || !order.hasSucceeded) {
        throw new Violation("test " + run + " finished, but its last run did not");
      }
    }
  }

  /**
   * Nothing that could start waits; what is kept for an old test goes to no younger one; and in
   * peace, everything ends.
   */
  static final class NobodyStarves implements Invariant {
    private final Map<String, Kept> kept = new TreeMap<>();

    /** What was looked at last, compared by identity. */
    private List<Object> looked = List.of();

    /** The products when it was seen last what is kept, compared by identity. */
    private Object seen = "";

    /** A product that is kept for a test, and what it was like then. */
    private record Kept(Hold.Gathered hold, Map<String, String> traits) {}

    @Override
    public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
      if (event instanceof Event.ServiceStarted) {
        kept.clear(); // what was not written yet was forgotten
      }
      var books = simulation.farm().books();
      if (isChanged(books)) {
        nothingCouldStart(books);
      }
      nobodyIsPassed(books, event, effects);
      if (seen != books.products) {
        seen = books.products;
        keptInOrder(books);
      }
    }

    /** Whether anything is otherwise that decides who could start, since that was looked at. */
    private boolean isChanged(Books books) {
      var now = new ArrayList<Object>(List.of(books.queue, books.products, books.settings));
      for (var node : books.nodes.values().toList()) {
        now.addAll(List.of(node.products(), node.runs(), node.cooling(), books.isOpen(node)));
      }
      boolean isSame = now.size() == looked.size();
      for (int i = 0; isSame && i < now.size(); i++) {
        isSame = now.get(i) == looked.get(i);
      }
      looked = now;
      return !isSame;
    }

    private static void nothingCouldStart(Books books) {
      for (var node : books.nodes.values().filter(books::isOpen).toList()) {
        var there = node.products().keys().map(books::product).filter(Product::isReady).toList();
        var free = there.stream().filter(p -> p.hold() instanceof Hold.Free).toList();
        for (var id : books.queue.values().toList()) {
          var test = books.test(id);
          if (node.admits(test.runtimeId()) && couldStart(test, node, there, free)) {
            throw new Violation(
                "test "
                    + id
                    + " waits for "
                    + test.order().wish()
                    + " though it could start on "
                    + node.id());
          }
        }
      }
    }

    /**
     * A test for one product that has waited for long is passed by none that came later, unless
     * what that got was kept for it before.
     */
    private void nobodyIsPassed(Books books, Event event, List<Effect> effects) {
      if (event instanceof Event.ServiceStarted || event instanceof Event.NodeRegistered) {
        return; // an order may have been given again
      }
      for (var effect : effects) {
        if (effect instanceof Effect.StartRun start && start.test().progress().attempt() > 0) {
          var taker = books.tests.get(start.test().id()).map(test -> test.rank().claim());
          for (var product : start.test().progress().reservedProducts()) {
            if (taker.isPresent() && !kept.containsKey(product.id().imei())) {
              passed(books, taker.get(), books.product(product.id()));
            }
          }
        }
      }
    }

    private static void passed(Books books, Rank taker, Product product) {
      for (var id : books.queue.values().toList()) {
        var test = books.test(id);
        boolean isEarlier = test.hasClaim() && test.rank().claim().compareTo(taker) < 0;
        if (isEarlier
            && test.order().wish().demands().size() == 1
            && product.fits(test.order().wish().demands().get(0))
            && books.node(product.node()).admits(id)) {
          throw new Violation("test " + id + " is passed by a younger one for " + product.id());
        }
      }
    }

    private static boolean couldStart(
        LiveTest test, Node node, List<Product> there, List<Product> free) {
      var wish = test.order().wish();
      if (wish.isNode()) {
        return wish.host().isEmpty() || wish.host().equals(node.id().endpoint().host());
      }
      if (test.gathering().isEmpty()) {
        return isPossible(wish.demands(), free);
      }
      var usable =
          there.stream().filter(p -> p.hold() instanceof Hold.Free || isFor(test, p)).toList();
      return isPossible(wish.demands(), usable);
    }

    /** Tries everything. */
    private static boolean isPossible(List<ProductDemand> demands, List<Product> products) {
      if (demands.isEmpty()) {
        return true;
      }
      for (var product : products) {
        if (product.fits(demands.get(0))) {
          var rest = products.stream().filter(other -> !other.id().equals(product.id())).toList();
          if (isPossible(demands.subList(1, demands.size()), rest)) {
            return true;
          }
        }
      }
      return false;
    }

    private static boolean isFor(LiveTest test, Product product) {
      return product.hold() instanceof Hold.Gathered gathered
          && gathered.claim().equals(test.rank().claim());
    }

    private void keptInOrder(Books books) {
      var before = new TreeMap<>(kept);
      kept.clear();
      for (var product : books.products.values().toList()) {
        String imei = product.id().imei();
        if (product.hold() instanceof Hold.Gathered gathered) {
          kept.put(imei, new Kept(gathered, product.traits()));
        }
        var loser = before.get(imei);
        if (loser != null
            && takerOf(books, product)
                .filter(c -> c.compareTo(loser.hold().claim()) > 0)
                .isPresent()
            && waits(books, loser.hold(), product)
            && (loser.traits().equals(product.traits()) || isOfUse(books, loser.hold(), product))) {
          throw new Violation("product " + imei + " was kept for a test and went to a younger one");
        }
      }
    }

    /** Whether what has become another product would bring the test nearer to a start. */
    private static boolean isOfUse(Books books, Hold.Gathered loser, Product product) {
      var test = books.test(loser.test());
      var there =
          books
              .node(product.node())
              .products()
              .keys()
              .map(books::product)
              .filter(other -> isFor(test, other))
              .toList();
      var more = new ArrayList<>(there);
      more.add(product);
      var demands = test.order().wish().demands();
      return matched(demands, more) > matched(demands, there);
    }

    private static long matched(List<ProductDemand> demands, List<Product> products) {
      return Matching.largest(demands, products).stream().flatMap(Optional::stream).count();
    }

    private static boolean waits(Books books, Hold.Gathered loser, Product product) {
      return books
          .tests
          .get(loser.test())
          .filter(test -> test.rank().claim().equals(loser.claim()))
          .filter(test -> books.queue.contains(test.rank()))
          .filter(
              test -> new Hopes(books, books.at).isPossible(test.order().wish(), product.node()))
          .isPresent();
    }

    private static Optional<Rank> takerOf(Books books, Product product) {
      if (product.hold() instanceof Hold.Gathered gathered) {
        return Optional.of(gathered.claim());
      }
      return product
          .reservation()
          .flatMap(reservation -> books.tests.get(reservation.run()))
          .filter(test -> test.node().equals(Optional.of(product.node())))
          .map(test -> test.rank().claim());
    }

    @Override
    public void atTheEnd(Simulation simulation) {
      if (simulation.farm().snapshot().waitingCount() > 0
          || !simulation.farm().snapshot().running().isEmpty()) {
        throw new Violation("tests are left in peace");
      }
    }
  }

  /** What a person has in hand is given to no test, taken from none, and given back in time. */
  static final class HandsAreRespected implements Invariant {
    @Override
    public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
      var books = simulation.farm().books();
      for (var effect : effects) {
        if (effect instanceof Effect.StartRun start) {
          for (var used : start.test().progress().reservedProducts()) {
            if (books.products.get(used.id()).filter(HandsAreRespected::isInHand).isPresent()) {
              throw new Violation(
                  "product " + used.id() + " is in hand and given to " + start.test().id());
            }
          }
        }
      }
      if (event instanceof Event.ProductOrdered order && order.order().kind().isOfHands()) {
        var product = books.products.get(order.product());
        if (product.filter(it -> isInHand(it) && it.isBusy()).isPresent()) {
          throw new Violation("product " + order.product() + " is taken from a test");
        }
      }
      if (event instanceof Event.TimePassed) {
        for (var product : books.products.values().toList()) {
          if (product.health().taken().filter(it -> it.until().isBefore(event.at())).isPresent()) {
            throw new Violation("product " + product.id() + " is in hand for too long");
          }
        }
      }
    }

    private static boolean isInHand(Product product) {
      return product.health().taken().isPresent();
    }
  }

  /**
   * A test that outlives its client does not end with it once it runs; whoever asks how it ended is
   * told what was recorded, and its results are found where it ran.
   */
  static final class DetachedOutlive implements Invariant {
    private final Map<TestId, EndedTest> ends = new TreeMap<>();

    @Override
    public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
      if (event instanceof Event.CheckRequested check
          && check.test().origin().bond() == Bond.FETCH) {
        isFetched(simulation, check.test().id().test(), effects);
      }
      for (var effect : effects) {
        if (effect instanceof Effect.RecordEnded end
            && end.test().test().origin().bond().isDetached()
            && end.test().times().started().isPresent()
            && end.test().reason().filter(why -> why.code().equals("client-gone")).isPresent()) {
          throw new Violation("test " + end.test().test().id() + " ran, and ends with its client");
        }
      }
    }

    @Override
    public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
      for (var effect : effects) {
        if (effect instanceof Effect.RecordEnded end
            && end.test().verdict() != EndedTest.Verdict.REFUSED) {
          ends.put(end.test().test().id().test(), end.test());
        } else if (event instanceof Event.CheckRequested check
            && check.test().origin().bond() != Bond.ISSUER
            && effect instanceof Effect.TellClient tell
            && FINAL.contains(tell.test().progress().status())
            && tell.kind() == Effect.TellClient.Kind.UPDATE) {
          var end = ends.get(tell.test().id().test());
          if (end == null || !end.test().progress().equals(tell.test().progress())) {
            throw new Violation(
                "test " + tell.test().id() + " did not end as " + tell.to() + " is told");
          }
        } else if (effect instanceof Effect.BindRun bind && attached(effect).isEmpty()) {
          isThere(simulation, bind);
        }
      }
    }

    /** What the farm remembers can be fetched as long as its node is there. */
    private static void isFetched(Simulation simulation, TestId test, List<Effect> effects) {
      var books = simulation.farm().books();
      boolean isKept =
          books
              .endedById
              .get(test)
              .map(books.ended::at)
              .filter(past -> past.test().origin().bond().isDetached())
              .flatMap(EndedTest::node)
              .flatMap(books.nodes::get)
              .filter(node -> !node.contact().isLost())
              .isPresent();
      if (isKept && effects.stream().noneMatch(Effect.BindRun.class::isInstance)) {
        throw new Violation("the results of test " + test + " are kept, and not sent");
      }
    }

    private void isThere(Simulation simulation, Effect.BindRun bind) {
      var id = bind.run().id();
      var end = ends.get(id.test());
      boolean isOfEnd =
          end != null
              && end.node().equals(Optional.of(bind.node()))
              && bind.ended().equals(Optional.of(end.times().ended()));
      if (!isOfEnd) {
        throw new Violation("results of another test " + id + " are asked for: " + bind.ended());
      }
      if (end.verdict() == EndedTest.Verdict.FINISHED
          && !simulation.world.node(bind.node()).hasResults(id)) {
        throw new Violation("the results of test " + id + " are not where they are asked for");
      }
    }
  }

  /** What follows from the records is what would follow if it were worked out anew. */
  static final class BooksAgree implements Invariant {
    /** Working everything out anew takes its time. */
    private static final int EVERY = 61;

    private long events;

    @Override
    public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
      events++;
      if (events % EVERY != 0) {
        return;
      }
      var books = simulation.farm().books();
      var anew = books.under(books.settings);
      same("open nodes", books.openNodes, anew.openNodes);
      same("queue", books.queue, anew.queue);
      same("running", books.running, anew.running);
      same("gatherers", books.gatherers, anew.gatherers);
      same("claims", claims(books), claims(anew));
      same("nodes due", books.nodesDue.times(), anew.nodesDue.times());
      same("products due", books.productsDue.times(), anew.productsDue.times());
      same("tests due", books.testsDue.times(), anew.testsDue.times());
      same("clients due", books.issuersDue.times(), anew.issuersDue.times());
      index("open", books.open, books.products.values().filter(books::isOpen).toList());
      index("present", books.present, books.products.values().filter(books::isPresent).toList());
      hopes(books, new Hopes(books, simulation.now));
      runs(books);
    }

    private static List<Table<Rank, RuntimeId>> claims(Books books) {
      return books.groups.values().map(Group::claims).toList();
    }

    private static void index(String what, ProductIndex index, List<Product> products) {
      var expected = ProductIndex.NONE;
      for (var name : index.names().keys().toList()) {
        expected = expected.asking(name, products.stream());
      }
      for (var comparison : index.ranges().keys().toList()) {
        expected = expected.asking(comparison, products.stream());
      }
      same(what, index.names(), expected.names());
      same(what + " by range", index.ranges(), expected.ranges());
    }

    private static void hopes(Books books, Hopes hopes) {
      for (var group : books.groups.values().toList()) {
        boolean hasHope = books.nodes.keys().anyMatch(node -> hopes.isPossible(group.wish(), node));
        boolean isTrue =
            group.witness().map(node -> hopes.isPossible(group.wish(), node)).orElse(true);
        if (hasHope != group.witness().isPresent() || !isTrue) {
          throw new Violation(group + " hopes " + group.witness() + ", truth is " + hasHope);
        }
      }
      for (var product : books.products.values().toList()) {
        if (product.hold() instanceof Hold.Gathered gathered
            && !books.test(gathered.test()).gathering().equals(Optional.of(product.node()))) {
          throw new Violation(product + " is kept for a test that gathers elsewhere");
        }
      }
      for (var id : books.gatherers.values().toList()) {
        var test = books.test(id);
        if (new Gathering(books, hopes).gathered(test).isEmpty()
            || !hopes.isPossible(test.order().wish(), test.gathering().orElseThrow())) {
          throw new Violation(id + " gathers where nothing is kept for it or to be hoped for");
        }
      }
    }

    private static void runs(Books books) {
      for (var node : books.nodes.values().toList()) {
        for (var run : node.runs().values().toList()) {
          for (var id : run.products()) {
            var held = books.product(id).reservation();
            if (held.filter(r -> r.run().equals(run.id()) && r.attempt() == run.attempt())
                .isEmpty()) {
              throw new Violation(run + " has lost product " + id + ": " + held);
            }
          }
          if (!run.isEnding()
              && books
                  .tests
                  .get(run.id())
                  .flatMap(LiveTest::node)
                  .filter(node.id()::equals)
                  .isEmpty()) {
            throw new Violation(run + " runs for nobody");
          }
        }
      }
    }

    private static void same(String what, Object kept, Object worked) {
      if (!isSame(kept, worked)) {
        throw new Violation(what + " should be " + worked + " but is " + kept);
      }
    }

    private static boolean isSame(Object kept, Object worked) {
      if (kept instanceof Iterable<?> some && worked instanceof Iterable<?> others) {
        var here = some.iterator();
        var there = others.iterator();
        while (here.hasNext() && there.hasNext()) {
          if (!isSame(here.next(), there.next())) {
            return false;
          }
        }
        return here.hasNext() == there.hasNext();
      }
      if (kept instanceof Map.Entry<?, ?> one && worked instanceof Map.Entry<?, ?> other) {
        return isSame(one.getKey(), other.getKey()) && isSame(one.getValue(), other.getValue());
      }
      return kept.equals(worked);
    }
  }
}

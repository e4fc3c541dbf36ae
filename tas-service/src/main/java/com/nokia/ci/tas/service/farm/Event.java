package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened to the farm, stamped with its time where it came in. Events may be lost,
 * repeated and late; the farm copes. What is said in them is as it came from outside, unchecked.
 */
public sealed interface Event {

  /** When it happened. */
  Instant at();

  /** Has the rules for it work on the farm; only the farm itself calls this. */
  void applyTo(Turn turn);

  /**
   * A node has begun its life, or a session ({@code register}).
   *
   * @param runs all that it runs; empty when it does not say: then what it ran before has ended
   */
  record NodeRegistered(Instant at, NodeDescription node, Optional<List<RunReference>> runs)
      implements Event {

    /** A node that says nothing of what it runs. */
    public NodeRegistered(Instant at, NodeDescription node) {
      this(at, node, Optional.empty());
    }

    @Override
    public void applyTo(Turn turn) {
      turn.nodes.registered(node, runs);
    }
  }

  /** A node says that it is still there, or is heard of for the first time ({@code update}). */
  record NodeSeen(Instant at, NodeDescription node) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.nodes.seen(node);
    }
  }

  /** A node took a connection: a probe or an order reached it. */
  record NodeAnswered(Instant at, NodeId node) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.nodes.answered(node);
    }
  }

  /** A node said goodbye and has ended what it ran ({@code deregister}). */
  record NodeLeft(Instant at, NodeId node) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.nodes.left(node);
    }
  }

  /**
   * A probe of a node, or the delivery of anything but a start or a stop, failed for good.
   *
   * @param detail why, for a person
   */
  record NodeUnreachable(Instant at, NodeId node, String detail) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.nodes.inTrouble(node, detail);
    }
  }

  /**
   * A product was described: by its node, or by a client that gives it back (a status {@code free}
   * from an address that is no node's).
   *
   * @param from the sender of the message
   * @param kind how it was told
   */
  record ProductReported(Instant at, Endpoint from, Report kind, ProductDescription product)
      implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.products.on(this);
    }
  }

  /** How a product was told of. */
  enum Report {
    /** It was plugged in ({@code add}). */
    PLUGGED,
    /** Something about it changed, or nothing ({@code update}). */
    UPDATED
  }

  /** A node has lost sight of a product ({@code remove}). */
  record ProductRemoved(Instant at, Endpoint from, ProductDescription product) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.products.on(this);
    }
  }

  /**
   * A client asks for a test to be run ({@code start}).
   *
   * @param line how it said so
   */
  record TestSubmitted(Instant at, ClientId client, TestDescription test, Wanted wanted, Line line)
      implements Event {

    /** From a client that speaks plainly. */
    public TestSubmitted(Instant at, ClientId client, TestDescription test, Wanted wanted) {
      this(at, client, test, wanted, Line.PLAIN);
    }

    @Override
    public void applyTo(Turn turn) {
      turn.tests.on(this);
    }
  }

  /** How a client speaks. */
  enum Line {
    /** It is dialled when there is something to tell it. */
    PLAIN,
    /** It keeps a session and comes back to it by itself. */
    SESSION
  }

  /** A client has begun a session: of the one before, if any, nothing reaches it any more. */
  record ClientRegistered(Instant at, ClientId client) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.clients.registered(client);
    }
  }

  /** A client is known to have heard how its test ended. */
  record EndDelivered(Instant at, ClientId client, TestId test) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.clients.told(client, test);
    }
  }

  /**
   * A distribution outside the farm has said how the packages of a test are divided, or why it
   * cannot.
   *
   * @param age of the test, as it was asked with
   * @param parts the numbers of the packages in each of the sub-tests, unchecked
   * @param refusal why the test cannot be divided, if it cannot
   */
  record TestDivided(
      Instant at, TestId test, long age, List<List<Integer>> parts, Optional<Reason> refusal)
      implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.parts.on(this);
    }
  }

  /** A client gave a sign of life: any message from it, or a message that reached it. */
  record ClientSeen(Instant at, ClientId client) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.clients.seen(client);
    }
  }

  /** A client said goodbye ({@code deregister}). */
  record ClientLeft(Instant at, ClientId client) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.clients.gone(client, "has left");
    }
  }

  /**
   * A message could not be delivered to a client, after all tries.
   *
   * @param detail why, for a person
   */
  record ClientUnreachable(Instant at, ClientId client, String detail) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.clients.gone(client, Words.withDetail("cannot be reached", detail));
    }
  }

  /**
   * Somebody asks for a test to be stopped ({@code stop}, or {@code update} with status {@code
   * stopped}). From the node that runs it, this is the report of a failure (guide, "Test execution
   * flow").
   *
   * @param by the sender, where the answer goes
   * @param test what to stop
   * @param details what the sender says of it, may be empty
   * @param who stands behind the sender: stopping the tests of others takes more than one's own
   */
  record StopRequested(Instant at, Endpoint by, RuntimeId test, String details, Principal who)
      implements Event {
    private static final Principal OPERATOR =
        new Principal(
            Principal.Kind.LOCAL,
            "operator",
            Optional.empty(),
            Optional.empty(),
            Rights.onFarm(AccessRole.OPERATE));

    /** From somebody who may stop any test. */
    public StopRequested(Instant at, Endpoint by, RuntimeId test, String details) {
      this(at, by, test, details, OPERATOR);
    }

    @Override
    public void applyTo(Turn turn) {
      turn.tests.on(this);
    }
  }

  /**
   * A person whom the service knows, and who may, has a test stopped.
   *
   * @param who name of the person
   * @param why in the person's words, may be empty
   */
  record StopOrdered(Instant at, TestId test, String who, String why) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.tests.on(this);
    }
  }

  /**
   * A person whom the service knows, and who may, gives a test that has not ended another priority.
   *
   * @param who name of the person
   * @param priority as a test may have it; anything else changes nothing
   */
  record PriorityOrdered(Instant at, TestId test, String who, int priority) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.orders.on(this);
    }
  }

  /**
   * A person whom the service knows, and who may, has a test run once more that has ended. It
   * belongs to nobody: whoever may, follows it and gets its results.
   *
   * @param test as it is to run, under an id of its own
   * @param issuer who issued it when it ran before
   * @param who name of the person
   */
  record RunAgainOrdered(
      Instant at, TestDescription test, Wanted wanted, ClientId issuer, String who)
      implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.orders.on(this);
    }
  }

  /**
   * A person whom the service knows, and who may, frees a product: one that was kept after its test
   * at once, one that a run uses when that run, which is told to end, has ended.
   *
   * @param who name of the person
   * @param why in the person's words
   */
  record ReleaseOrdered(Instant at, ProductId product, String who, String why) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.products.on(this);
    }
  }

  /**
   * A person whom the service knows, and who may, says what is to become of a product. It sticks
   * until the person, or another, says otherwise.
   */
  record ProductOrdered(Instant at, ProductId product, PersonsOrder order) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.care.on(this);
    }
  }

  /** The same for a node. */
  record NodeOrdered(Instant at, NodeId node, PersonsOrder order) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.care.on(this);
    }
  }

  /**
   * Somebody asks how far a test is ({@code check}).
   *
   * @param test by its id, and by its submission if the sender knows it
   * @param who stands behind the sender: a test that it may not see is not known to it
   */
  record CheckRequested(Instant at, Endpoint by, TestDescription test, Principal who)
      implements Event {

    /** From somebody who may see every test. */
    public CheckRequested(Instant at, Endpoint by, TestId test) {
      this(at, by, TestDescription.named(new RuntimeId(test, "")), Principal.LOCAL);
    }

    @Override
    public void applyTo(Turn turn) {
      turn.tests.on(this);
    }
  }

  /**
   * A node tells how far a run is ({@code update} of a test).
   *
   * @param attempt the run it speaks of; 0 when the node does not say
   * @param fault whose fault a failure is, where the node says so
   * @param route how the node reaches the client, {@code direct} or {@code relayed}; anything else
   *     says nothing
   * @param code the node's word for a failure; one that speaks of a time limit of the test counts
   * @param reserved since when the products of the run have been reserved, where the node repeats
   *     what it was told of them
   */
  record RunReported(
      Instant at,
      NodeId node,
      RuntimeId test,
      int attempt,
      TestStatus status,
      String details,
      Optional<Fault> fault,
      String route,
      String code,
      Optional<Instant> reserved)
      implements Event {

    public RunReported {
      code = code == null ? "" : code; // as in records of before
    }

    /** From a node that says no word for a failure, and nothing of the products. */
    public RunReported(
        Instant at,
        NodeId node,
        RuntimeId test,
        int attempt,
        TestStatus status,
        String details,
        Optional<Fault> fault,
        String route) {
      this(at, node, test, attempt, status, details, fault, route, "", Optional.empty());
    }

    /** From a node that does not say how it reaches the client. */
    public RunReported(
        Instant at,
        NodeId node,
        RuntimeId test,
        int attempt,
        TestStatus status,
        String details,
        Optional<Fault> fault) {
      this(at, node, test, attempt, status, details, fault, "");
    }

    @Override
    public void applyTo(Turn turn) {
      turn.runs.on(this);
    }
  }

  /**
   * An order about a run was handed to its node, which answers for it from then on.
   *
   * @param attempt the attempt that the order carried
   */
  record OrderDelivered(Instant at, NodeId node, RuntimeId test, int attempt, Order order)
      implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.runs.on(this);
    }
  }

  /**
   * An order about a run could not be handed to its node, after all tries.
   *
   * @param attempt the attempt that the order carried
   * @param delivery whether it may have arrived all the same
   * @param detail why, for a person
   */
  record OrderUndeliverable(
      Instant at,
      NodeId node,
      RuntimeId test,
      int attempt,
      Order order,
      Delivery delivery,
      String detail)
      implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.runs.on(this);
    }
  }

  /** An order about a run. */
  enum Order {
    START,
    STOP
  }

  /** What is known of a message that failed. */
  enum Delivery {
    /** The node has not seen it. */
    NEVER_ARRIVED,
    /** It broke on the way: the node may have seen it. */
    UNKNOWN
  }

  /**
   * The service has begun another life with what it kept of the last one: the first event of every
   * life. Messages that were under way are lost, and nobody was heard meanwhile.
   *
   * @param settings that are in force now
   */
  record ServiceStarted(Instant at, FarmSettings settings) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.recovery.begin();
    }
  }

  /**
   * The service stood still for a while, as a machine that swaps or is suspended does. Nobody could
   * be heard meanwhile, and nobody is blamed for it.
   *
   * @param asleep for how long
   */
  record ServiceSlept(Instant at, Duration asleep) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.recovery.wake(asleep);
    }
  }

  /** {@code configuration.dat} changed. */
  record SettingsChanged(Instant at, FarmSettings settings) implements Event {
    @Override
    public void applyTo(Turn turn) {
      turn.remark(
          Effect.Remark.Severity.INFO,
          settings.maintenance()
              ? "the settings changed; the farm is in maintenance mode"
              : "the settings changed");
    }
  }

  /** It is later now: what is due by then, happens. */
  record TimePassed(Instant at) implements Event {
    @Override
    public void applyTo(Turn turn) {
      // What is due then is looked up and worked in one by one, by the farm.
    }
  }
}

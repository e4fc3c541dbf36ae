package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.distribution.Distribution;
import com.nokia.ci.tas.service.farm.distribution.Parcel;
import com.nokia.ci.tas.service.farm.distribution.Supply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something the farm wants done. Effects are performed in the order given; those for one peer must
 * reach it in that order. What comes of them returns as an {@link Event}.
 */
public sealed interface Effect {

  /** Calls the one method of the handler that is for this kind of effect. */
  void giveTo(EffectHandler handler);

  /**
   * A node shall run a test ({@code start}). What comes of the delivery returns as {@link
   * Event.OrderDelivered} or {@link Event.OrderUndeliverable}.
   *
   * @param test complete, with attempt and reserved products, secrets and the direct way to the
   *     client included
   * @param client the sender that the node is to see: from whom it fetches the artifacts
   */
  record StartRun(NodeId node, TestDescription test, Endpoint client) implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }

  /**
   * A distribution that is not the farm's own shall say how the packages of a test are divided. Its
   * answer returns as {@link Event.TestDivided}.
   *
   * @param age tells this test from others of the same name
   * @param distribution the name that the test gives, unchecked
   * @param portions the packages, those together that need the same products
   */
  record DivideTest(TestId test, long age, String distribution, List<Portion> portions)
      implements Effect {
    public DivideTest {
      portions = List.copyOf(portions);
    }

    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }

    /** The numbers of the packages of each sub-test, as a distribution divides them. */
    public List<List<Integer>> dividedBy(Distribution asked) {
      return portions.stream()
          .flatMap(portion -> asked.divide(portion.parcels(), portion.supply()).stream())
          .map(part -> part.stream().map(Parcel::number).toList())
          .toList();
    }

    /** Packages that need the same products. */
    public record Portion(List<Parcel> parcels, Supply supply) {
      public Portion {
        parcels = List.copyOf(parcels);
      }
    }
  }

  /** A node shall end a run ({@code stop}); told again until it confirms. */
  record StopRun(NodeId node, TestDescription test) implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }

  /**
   * A node shall know who the client of a run is from now on, or send what it keeps of it ({@code
   * check}).
   *
   * @param run named, with what the client asks as its bond
   * @param client nobody's address when the client has left
   * @param ended when the test ended, if it has
   */
  record BindRun(NodeId node, TestDescription run, Endpoint client, Optional<Instant> ended)
      implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }

  /** A node shall know what the service says of its product ({@code update}). */
  record TellProduct(NodeId node, ProductDescription product) implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }

  /**
   * The service has begun another life: this is what was known of its peers in the last one, and
   * comes before anything that is to be told to them.
   *
   * @param nodes as they described themselves
   * @param kept who had a session, and comes back by itself
   * @param runs whom each concerns
   */
  record RecallPeers(List<NodeDescription> nodes, List<Endpoint> kept, List<RecalledRun> runs)
      implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }

  /**
   * A run, and whom it concerns.
   *
   * @param ended when its test ended, if it has
   * @param submission what its client calls this submission of the test; empty: not said
   */
  record RecalledRun(
      RuntimeId run, NodeId node, ClientId client, Optional<Instant> ended, String submission) {}

  /** Whether a node is still there: returns as {@link Event.NodeAnswered} or unreachable. */
  record ProbeNode(NodeId node) implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }

  /**
   * A node was given up, or has said goodbye: a session with it ends, and what waits for it comes
   * back as undeliverable.
   *
   * @param why for a person
   */
  record EndSession(NodeId node, String why) implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }

  /**
   * Whether a client is still there: returns as {@link Event.ClientSeen} or unreachable.
   *
   * @param test one of its tests, which a text message to it must name
   */
  record ProbeClient(ClientId client, TestDescription test) implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }

  /**
   * Somebody shall know how far a test is.
   *
   * @param to its issuer, or who asked
   * @param kind what sort of message
   * @param test complete; the final message of a test has no sub-id
   * @param reason why a test failed, was refused or was stopped
   */
  record TellClient(Endpoint to, Kind kind, TestDescription test, Optional<Reason> reason)
      implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }

    /** What sort of message. */
    public enum Kind {
      /** {@code update}: everything about a test that the farm has. */
      UPDATE,
      /** {@code stop}: the answer to a stop or check of a test that the farm does not have. */
      STOP
    }
  }

  /** One line for the person behind a client (a text message). */
  record Notice(ClientId client, TestDescription test, String text) implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }

  /** A test has ended and belongs to history. */
  record RecordEnded(EndedTest test) implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }

  /**
   * A run, or the wait for one, passed into another state: one line of the log.
   *
   * @param attempt number of the run; 0 before the first
   * @param node where it runs, if anywhere
   * @param from and
   * @param to what it was and is: {@code new}, {@code waiting}, {@code starting}, {@code running},
   *     {@code ending}, {@code kept}, {@code ended}
   * @param why a sentence, may be empty
   */
  record RunMoved(
      RuntimeId test, int attempt, Optional<NodeId> node, String from, String to, String why)
      implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }

  /**
   * Something a person may want to know about the farm: one line of the log.
   *
   * @param severity how much it matters
   * @param sentence one line; texts from outside are already safe to show
   */
  record Remark(Severity severity, String sentence) implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }

    /** How much a remark matters. */
    public enum Severity {
      /** A change in the farm. */
      INFO,
      /** Something odd that the farm copes with. */
      WARN
    }
  }

  /**
   * A rule whose time had come failed: a bug of this program. The farm is as it was before, and
   * that rule is not tried again.
   *
   * @param what what the rule was about
   */
  record RuleFailed(String what, RuntimeException cause) implements Effect {
    @Override
    public void giveTo(EffectHandler handler) {
      handler.on(this);
    }
  }
}

package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a test waits, and what would help it: for whoever stares at a queue. Shows no secrets: a
 * value of a secret attribute is {@code …}.
 *
 * @param test that waits, or a sub-test that does
 * @param alike the sub-tests behind it of the same test that wait for the same
 * @param sentence all of it in one sentence
 * @param isMaintenance whether no test is started now, whatever there is
 * @param isPossible whether the farm has what the test needs, free or busy; otherwise its {@code
 *     test-resources-expectation-timeout} runs
 * @param places where it stands
 * @param demands what it asks for, each different demand once; empty: a node is enough
 * @param obstacles nodes that could serve it and take no test now
 * @param kept what is kept for it while the rest is awaited
 * @param estimate when it is expected to start, as far as that can be told
 * @param relaxations the smallest changes of what it asks for that would start it now, best first;
 *     empty: none of at most {@value #MOST_CHANGES} changed values would
 */
public record Explanation(
    RuntimeId test,
    List<RuntimeId> alike,
    String sentence,
    boolean isMaintenance,
    boolean isPossible,
    Places places,
    List<Demand> demands,
    List<Obstacle> obstacles,
    Optional<Kept> kept,
    Optional<Estimate> estimate,
    List<Relaxation> relaxations) {

  /** Of a divided test so many different requirements are explained. */
  static final int MOST = 32;

  /** A relaxation changes no more values than this. */
  static final int MOST_CHANGES = 2;

  public Explanation {
    alike = List.copyOf(alike);
    demands = List.copyOf(demands);
    obstacles = List.copyOf(obstacles);
    relaxations = List.copyOf(relaxations);
  }

  /**
   * Where a test stands. Places count from 1.
   *
   * @param place in the whole queue
   * @param waiting how many tests wait
   * @param rivalPlace among the tests that could use a product that this one could use
   * @param rivals how many those are, this one included
   */
  public record Places(int place, int waiting, int rivalPlace, int rivals) {}

  /**
   * One demand.
   *
   * @param demand as a clause of an expression
   * @param asked how many such products are needed
   * @param fitting how many products of the farm fit
   * @param free how many of these could be given to this test now
   * @param uses who has those that fit, soonest first; the first {@value #LISTED}
   * @param misses what is wrong with those that do not, least wrong first; the first {@value
   *     #LISTED} kinds
   */
  public record Demand(
      String demand, int asked, int fitting, int free, List<Use> uses, List<Miss> misses) {
    static final int LISTED = 12;

    public Demand {
      uses = List.copyOf(uses);
      misses = List.copyOf(misses);
    }
  }

  /**
   * Who has a product that fits.
   *
   * @param test which test, where one has it
   * @param until when the reservation ends at the latest
   * @param expected when the run is likely to end, as far as that can be told
   * @param detail why it cannot be used, where nobody has it
   */
  public record Use(
      ProductId product,
      NodeId node,
      Kind kind,
      Optional<RuntimeId> test,
      Optional<Instant> until,
      Optional<Instant> expected,
      String detail) {

    /** What a product is used for. */
    public enum Kind {
      /** Nothing. */
      FREE,
      /** A run uses it. */
      RUN,
      /** A run that was told to end may still use it. */
      ENDING,
      /** The test finished; its issuer has to give the product back. */
      KEPT,
      /** It is kept for a test for several products. */
      SET_ASIDE,
      /** It must not be used. */
      DISABLED,
      /** It is not there. */
      GONE
    }
  }

  /**
   * What is wrong with a number of products.
   *
   * @param products how many
   * @param clauses what they should be, and are not
   * @param example one of them
   */
  public record Miss(int products, List<Clause> clauses, ProductId example) {
    public Miss {
      clauses = List.copyOf(clauses);
    }
  }

  /**
   * A value that differs.
   *
   * @param name of the attribute
   * @param wanted what the test asks for: a value, or a comparison such as {@code >=30}
   * @param found what the product has; empty: nothing
   * @param comparison where the test compares
   */
  public record Clause(String name, String wanted, String found, Optional<Comparison> comparison) {

    /** A value that would have to be the same. */
    public Clause(String name, String wanted, String found) {
      this(name, wanted, found, Optional.empty());
    }
  }

  /** A node that could serve the test and takes none now, and why. */
  public record Obstacle(NodeId node, String detail) {}

  /**
   * What is kept for a test.
   *
   * @param lacking the demands for which nothing is kept yet
   */
  public record Kept(NodeId node, List<ProductId> products, List<String> lacking) {
    public Kept {
      products = List.copyOf(products);
      lacking = List.copyOf(lacking);
    }
  }

  /**
   * A change of what the test asks for that would start it now.
   *
   * @param changes the values to give up
   * @param node where it would start
   * @param products what it would be given, in the order of its demands
   */
  public record Relaxation(List<Change> changes, NodeId node, List<ProductId> products) {
    public Relaxation {
      changes = List.copyOf(changes);
      products = List.copyOf(products);
    }
  }

  /**
   * One value to give up.
   *
   * @param demand in which it stands
   * @param clause what it is, and what it would have to be
   */
  public record Change(String demand, Clause clause) {}
}

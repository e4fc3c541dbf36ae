package com.nokia.ci.tas.samples.torture;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is tortured, and for how long.
 *
 * @param storm how long programs are killed and stalled; start and calm come on top
 * @param seed the same seed and sizes give the same blows at the same times
 * @param nodes at least 1
 * @param products of each node, at least 1
 * @param clients at least 1
 * @param spared kinds of program that are left alone
 */
record TortureSettings(
    Duration storm, long seed, int nodes, int products, int clients, Set<Kind> spared) {
  static final String USAGE =
      "usage: ./tas torture --minutes N [--seed S] [--nodes n] [--products p] [--clients c]"
          + " [--spare service,communicator,bridge,client]";

  /** A program of the farm, in the order in which they start. */
  enum Kind {
    SERVICE,
    BRIDGE,
    COMMUNICATOR,
    CLIENT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  TortureSettings {
    spared = Set.copyOf(spared);
    if (nodes < 1 || products < 1 || clients < 1 || storm.isNegative() || storm.isZero()) {
      throw new IllegalArgumentException("there is nothing to torture");
    }
  }

  /** A farm of two nodes with three products each and two clients. */
  static TortureSettings of(Duration storm, long seed) {
    return new TortureSettings(storm, seed, 2, 3, 2, Set.of());
  }

  /** Reads the arguments; nothing when they are wrong. */
  static Optional<TortureSettings> read(List<String> arguments) {
    Duration storm = Duration.ZERO;
    long seed = ThreadLocalRandom.current().nextLong(1, 1_000_000);
    int nodes = 2;
    int products = 3;
    int clients = 2;
    Set<Kind> spared = EnumSet.noneOf(Kind.class);
    try {
      for (int i = 0; i < arguments.size(); i += 2) {
        String value = arguments.get(i + 1);
        switch (arguments.get(i)) {
          case "--minutes" ->
              storm = Duration.ofMillis(Math.round(Double.parseDouble(value) * 60_000));
          case "--seed" -> seed = Long.parseLong(value);
          case "--nodes" -> nodes = Integer.parseInt(value);
          case "--products" -> products = Integer.parseInt(value);
          case "--clients" -> clients = Integer.parseInt(value);
          case "--spare" -> {
            for (String word : value.split(",")) {
              spared.add(Kind.valueOf(word.strip().toUpperCase(Locale.ROOT)));
            }
          }
          default -> throw new IllegalArgumentException(arguments.get(i));
        }
      }
      return Optional.of(new TortureSettings(storm, seed, nodes, products, clients, spared));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  int allProducts() {
    return nodes * products;
  }
}

package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.http.neighbours.Neighbour;
import com.nokia.ci.tas.service.http.neighbours.Sight;
import java.util.List;
import java.util.Locale;

/**
 * Several farms at once.
 *
 * @param frame what is around it
 * @param farms what is seen of each
 * @param words what is looked for; empty: nothing
 * @param found of that, a part of it
 */
public record FarmsPage(Frame frame, List<Sight> farms, String words, List<Found> found) {
  private static final int MOST = 200;

  /** Something of a farm, and its page there. */
  public record Found(Neighbour farm, Sight.Thing thing, String address) {}

  /** Makes the page of what was seen. */
  public static FarmsPage of(Frame frame, List<Sight> farms, String words) {
    String wanted = words.strip().toLowerCase(Locale.ROOT);
    List<Found> found =
        wanted.isEmpty()
            ? List.of()
            : farms.stream()
                .flatMap(
                    farm ->
                        farm.things().stream()
                            .filter(thing -> thing.words().contains(wanted))
                            .map(
                                thing ->
                                    new Found(farm.farm(), thing, address(farm.farm(), thing))))
                .limit(MOST)
                .toList();
    return new FarmsPage(frame, farms, words.strip(), found);
  }

  private static String address(Neighbour farm, Sight.Thing thing) {
    String page =
        switch (thing.sort()) {
          case "node" -> Address.ofNode(thing.name());
          case "product" -> Address.ofProduct(thing.name());
          default -> Address.ofTest(thing.name());
        };
    return farm.base() + page;
  }
}

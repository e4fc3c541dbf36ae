package com.nokia.ci.tas.ciproxy.detector;

import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Offers {@link SimulatedDetector}; off unless asked for. */
public final class SimulatedProvider implements DetectorProvider {
  private static final String SIMULATED_PRODUCTS = "SimulatedProducts";
  private static final int MOST = 100_000;

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(
            SIMULATED_PRODUCTS,
            "Products to simulate: how many, or a file that lists them, which may be edited while"
                + " the bridge runs. Without it none."));
  }

  @Override
  public Optional<Detector> detector(ParsedArguments arguments) {
    return arguments
        .given(SIMULATED_PRODUCTS)
        .map(
            value ->
                value.chars().allMatch(Character::isDigit)
                    ? SimulatedDetector.of((int) arguments.number(SIMULATED_PRODUCTS, 0, MOST))
                    : SimulatedDetector.of(Path.of(value)));
  }
}

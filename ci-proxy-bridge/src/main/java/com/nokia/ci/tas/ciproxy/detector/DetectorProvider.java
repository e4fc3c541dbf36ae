package com.nokia.ci.tas.ciproxy.detector;

import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import java.util.List;
import java.util.Optional;

/**
 * Adds a kind of detector to the bridge. Found by {@link java.util.ServiceLoader}; needs a
 * constructor without parameters.
 */
public interface DetectorProvider {

  /** What the command line can say about it; there is always a way to switch it on or off. */
  List<Option> options();

  /**
   * The detector for these arguments, not started; empty when they switch it off.
   *
   * @throws com.nokia.ci.tas.commons.model.SettingsException when they make no sense
   */
  Optional<Detector> detector(ParsedArguments arguments);
}

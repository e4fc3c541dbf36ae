package com.nokia.ci.tas.ciproxy.detector;

import java.util.List;

/** Devices that a person plugs in and out by a word instead of a cable. Safe for any thread. */
public interface Plugboard {

  /** Every device of the source, plugged in or not. */
  List<Device> known();

  /** Whether a known device is plugged in. */
  boolean isPlugged(String imei);

  /** Plugs a device in or out; false when it is not known. */
  boolean plug(String imei, boolean in);
}

package com.nokia.ci.tas.ciproxy.detector.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code [{"imei":"004402136230483","rmCode":"RM-763","osVersion":"14"}]}: an object for each
 * device that is plugged in. What is not part of a connection is a fact.
 */
final class JsonDevices {
  /** More than a node has. */
  static final int MOST = 1_000;

  private static final JsonFactory JSON = new JsonFactory();
  private static final String IMEI = "imei";
  private static final String RM_CODE = "rm-code";
  private static final String NAME = "fuse-connection-name";
  private static final String ID = "fuse-connection-id";
  private static final String PORT = "port";

  private JsonDevices() {}

  /**
   * The devices of a list, no two with one IMEI; of too many the first.
   *
   * @throws IOException with a sentence that says what is wrong with it
   */
  static List<Device> read(String line) throws IOException {
    try (JsonParser in = JSON.createParser(line)) {
      if (in.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("it is no list of devices: " + SafeName.shown(line));
      }
      var devices = new ArrayList<Device>();
      var names = new HashSet<String>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
          throw new IOException("a device is not an object: " + SafeName.shown(in.getText()));
        }
        device(values(in))
            .filter(it -> devices.size() < MOST && names.add(it.imei()))
            .ifPresent(devices::add);
      }
      if (in.nextToken() != null) {
        throw new IOException("something stands behind the list: " + SafeName.shown(in.getText()));
      }
      return List.copyOf(devices);
    } catch (JsonProcessingException e) {
      throw new IOException("it is no JSON: " + SafeName.shown(e.getOriginalMessage()), e);
    }
  }

  /** The texts, numbers and truths of an object; what is nested is skipped. */
  private static Map<String, String> values(JsonParser in) throws IOException {
    var values = new HashMap<String, String>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = hyphenated(in.currentName());
      JsonToken value = in.nextToken();
      if (value != null && value.isStructStart()) {
        in.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        values.put(name, in.getText());
      }
    }
    return values;
  }

  private static Optional<Device> device(Map<String, String> values) throws IOException {
    String serial = values.getOrDefault(Facts.SERIAL_NUMBER, "");
    String imei = Optional.ofNullable(values.remove(IMEI)).orElse(serial);
    if (Device.key(imei).isEmpty()) {
      throw new IOException("a device has neither imei nor sn");
    }
    String key = Device.key(imei);
    return Optional.of(
        new Device(
            key,
            Optional.ofNullable(values.remove(RM_CODE)).orElse(Device.UNKNOWN_MODEL),
            Optional.ofNullable(values.remove(NAME)).orElse(key),
            Optional.ofNullable(values.remove(ID)).orElse("command-" + key),
            Optional.ofNullable(values.remove(PORT)).orElse(""),
            Facts.of(values)));
  }

  /** {@code osVersion} is {@code os-version}. */
  private static String hyphenated(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}

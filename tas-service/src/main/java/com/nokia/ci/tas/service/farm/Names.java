package com.nokia.ci.tas.service.farm;

import java.util.ArrayList;
import java.util.Map;

/** The attributes that a product has and that somebody asks for, looking at the fewer of both. */
final class Names {
  private Names() {}

  /**
   * What is asked of the attributes of a product, in the order of their names; it may be that the
   * product does not have one of them.
   */
  static <V> Iterable<Map.Entry<String, V>> asked(
      Table<String, V> asked, Map<String, String> traits) {
    if (asked.size() <= traits.size()) {
      return asked;
    }
    var common = new ArrayList<Map.Entry<String, V>>();
    traits.keySet().stream()
        .sorted()
        .forEach(name -> asked.get(name).ifPresent(value -> common.add(Map.entry(name, value))));
    return common;
  }
}

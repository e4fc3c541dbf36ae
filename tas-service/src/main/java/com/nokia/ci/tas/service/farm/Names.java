package com.nokia.ci.tas.service.farm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The attributes that a product has and that somebody asks for, looking at the fewer of both. */
final class Names {
  private Names() {}

  /** The names in both, in any order. */
  static List<String> common(Table<String, ?> asked, Map<String, String> traits) {
    var common = new ArrayList<String>();
    if (asked.size() <= traits.size()) {
      asked.keys().filter(traits::containsKey).forEach(common::add);
    } else {
      traits.keySet().stream().filter(asked::contains).sorted().forEach(common::add);
    }
    return common;
  }
}

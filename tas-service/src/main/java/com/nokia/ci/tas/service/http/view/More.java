package com.nokia.ci.tas.service.http.view;

import java.util.List;

/**
 * That a part of a page has more rows than it shows.
 *
 * @param hidden how many more
 * @param address where more of them are shown
 */
public record More(int hidden, String address) {

  /** None when all is shown. */
  static List<More> of(int all, int shown, String address) {
    return all > shown ? List.of(new More(all - shown, address)) : List.of();
  }
}

package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.store.Brief;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Search;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A history in memory that looks at verdict, id and number alone. */
record FakeHistory(List<EndedTest> newestFirst) implements History {

  @Override
  public List<Entry> find(Search search) {
    return all(search).stream().limit(search.limit()).toList();
  }

  @Override
  public long count(Search search) {
    return all(search).size();
  }

  @Override
  public void forEach(Instant since, Instant before, Consumer<Brief> taker) {
    newestFirst.stream()
        .filter(it -> !it.times().ended().isBefore(since) && it.times().ended().isBefore(before))
        .map(Brief::of)
        .forEach(taker);
  }

  private List<Entry> all(Search search) {
    var found = new ArrayList<Entry>();
    for (int i = 0; i < newestFirst.size(); i++) {
      var entry = new Entry(newestFirst.size() - i, newestFirst.get(i));
      String id = entry.test().test().id().test().value();
      boolean isWanted =
          entry.number() < search.below()
              && search.verdict().filter(it -> it != entry.test().verdict()).isEmpty()
              && search.wanted().getOrDefault(Search.Aspect.ID, id).equals(id);
      if (isWanted) {
        found.add(entry);
      }
    }
    return found;
  }
}

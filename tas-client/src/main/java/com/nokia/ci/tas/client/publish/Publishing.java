package com.nokia.ci.tas.client.publish;

import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * All that is to be published of some tests. Publishers run one after another, each on a thread of
 * its own and no longer than the deadline; what goes wrong is told in a sentence and nothing else.
 * For one thread.
 */
public final class Publishing {
  private final Map<Wish, Publisher> wishes;
  private final Duration deadline;
  private final Consumer<String> complaints;

  private Publishing(Map<Wish, Publisher> wishes, Duration deadline, Consumer<String> complaints) {
    this.wishes = wishes;
    this.deadline = deadline;
    this.complaints = complaints;
  }

  /**
   * Finds the publishers of some wishes.
   *
   * @param loader where publishers are looked for
   * @param deadline for each of their calls
   * @param complaints is told a sentence for each call that failed
   * @throws SettingsException when there is no such publisher, or it has no such option
   */
  public static Publishing of(
      List<Wish> wishes, ClassLoader loader, Duration deadline, Consumer<String> complaints) {
    var known = known(loader, complaints);
    var found = new LinkedHashMap<Wish, Publisher>();
    for (var wish : wishes) {
      var publisher = known.get(wish.publisher());
      if (publisher == null) {
        throw new SettingsException(
            "there is no publisher \""
                + SafeName.shown(wish.publisher())
                + "\""
                + NearestName.suggestion(wish.publisher(), known.keySet())
                + " (there are "
                + String.join(", ", new TreeSet<>(known.keySet()))
                + ")");
      }
      check(wish, publisher);
      found.put(wish, publisher);
    }
    return new Publishing(found, deadline, complaints);
  }

  private static void check(Wish wish, Publisher publisher) {
    if (wish.target().isBlank()) {
      throw new SettingsException(
          "publisher "
              + wish.publisher()
              + " needs "
              + publisher.target()
              + ", as in "
              + wish.publisher()
              + "=...");
    }
    for (String option : wish.options().keySet()) {
      if (!publisher.options().contains(option)) {
        throw new SettingsException(
            "publisher "
                + wish.publisher()
                + " has no option \""
                + SafeName.shown(option)
                + "\""
                + NearestName.suggestion(option, publisher.options()));
      }
    }
  }

  private static Map<String, Publisher> known(ClassLoader loader, Consumer<String> complaints) {
    var known = new LinkedHashMap<String, Publisher>();
    var all = ServiceLoader.load(Publisher.class, loader).iterator();
    while (true) {
      try {
        if (!all.hasNext()) {
          return known;
        }
        var publisher = all.next();
        known.put(publisher.name(), publisher);
      } catch (ServiceConfigurationError e) {
        complaints.accept("a publisher cannot be used: " + e.getMessage());
      }
    }
  }

  /**
   * Tells what is about to be tested.
   *
   * @return where something about it will be found
   * @throws SettingsException when a publisher finds its wish to make no sense
   */
  public List<Link> announce(Announcement announcement) {
    var links = new ArrayList<Link>();
    for (var each : wishes.entrySet()) {
      links.addAll(
          within(each.getKey(), () -> each.getValue().announce(announcement, each.getKey())));
    }
    return links;
  }

  /**
   * Tells what was found, where that is wanted.
   *
   * @return where it is found now
   */
  public List<Link> publish(Report report) {
    var links = new ArrayList<Link>();
    for (var each : wishes.entrySet()) {
      Wish wish = each.getKey();
      if (wish.when().wants(report.verdict(), report.former())) {
        links.addAll(within(wish, () -> each.getValue().publish(report, wish)));
      }
    }
    return links;
  }

  private List<Link> within(Wish wish, Callable<List<Link>> call) {
    var task = new FutureTask<>(call);
    var thread = new Thread(task, "tas-publish-" + wish.publisher());
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return failed(wish, "it did not end within " + deadline.toSeconds() + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException nonsense) {
        throw new SettingsException(
            "publisher " + wish.publisher() + ": " + nonsense.getMessage(), nonsense);
      }
      return failed(wish, String.valueOf(e.getCause().getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      thread.interrupt();
      return failed(wish, "it was interrupted");
    }
  }

  private List<Link> failed(Wish wish, String why) {
    complaints.accept(
        "publisher " + wish.publisher() + " failed, the verdict stays as it is: " + why);
    return List.of();
  }
}

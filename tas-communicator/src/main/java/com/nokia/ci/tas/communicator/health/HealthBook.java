package com.nokia.ci.tas.communicator.health;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the health of each product: when it was tested last, what came of it, and how
 * many tests in a row have failed on it since. Kept in one file, which is replaced at each change:
 * a killed node knows whom it was testing and who is sick. For any thread; writes the file on the
 * calling one.
 */
public final class HealthBook {
  private static final Logger LOG = LoggerFactory.getLogger(HealthBook.class);
  private static final int MOST = 10_000;
  private static final int WORDS = 5;

  private final Path file;
  private final HealthSettings settings;
  private final InstantSource clock;

  /** By IMEI; the one that nothing was written of for longest stands first. Guarded by this. */
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * One product.
   *
   * @param ended when its last health test ended; the epoch: never
   * @param sick what that said, if it failed
   * @param failures tests that have failed in a row since
   * @param running whether a health test has begun and its end was not written down
   */
  private record Entry(Instant ended, Optional<String> sick, int failures, boolean running) {
    static final Entry NEW = new Entry(Instant.EPOCH, Optional.empty(), 0, /* running= */ false);
  }

  private HealthBook(Path file, HealthSettings settings, InstantSource clock) {
    this.file = file;
    this.settings = settings;
    this.clock = clock;
  }

  /** Opens the book with what an earlier life of the node has written. */
  public static HealthBook open(Path file, HealthSettings settings, InstantSource clock) {
    var book = new HealthBook(file.toAbsolutePath(), settings, clock);
    try {
      if (Files.isRegularFile(file)) {
        Files.readAllLines(file).stream().limit(MOST).forEach(book::read);
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("the health of products is forgotten");
    }
    return book;
  }

  /** A health test begins. */
  public synchronized void began(String imei) {
    var entry = of(imei);
    put(imei, new Entry(entry.ended(), entry.sick(), entry.failures(), /* running= */ true));
  }

  /** It says that the product is fit. */
  public synchronized void passed(String imei) {
    put(imei, new Entry(clock.instant(), Optional.empty(), 0, /* running= */ false));
  }

  /** It says that the product is sick. */
  public synchronized void failed(String imei, String why) {
    put(imei, new Entry(clock.instant(), Optional.of(why), 0, /* running= */ false));
  }

  /** It came to no end of its own; the product stays due. */
  public synchronized void interrupted(String imei) {
    began(imei);
  }

  /** A person says that the product is fit, whatever the last health test has said. */
  public synchronized void cleared(String imei) {
    var entry = of(imei);
    put(imei, new Entry(entry.ended(), Optional.empty(), 0, entry.running()));
  }

  /** A test on the product has ended. */
  public synchronized void testEnded(String imei, boolean hasFailed) {
    var entry = of(imei);
    int failures = hasFailed ? Math.min(entry.failures() + 1, Integer.MAX_VALUE - 1) : 0;
    if (failures != entry.failures()) {
      put(imei, new Entry(entry.ended(), entry.sick(), failures, entry.running()));
    }
  }

  /** What the last health test says of a sick product. */
  public synchronized Optional<String> sick(String imei) {
    return of(imei).sick();
  }

  /** All sick products, with what the last health test says. */
  public synchronized Map<String, String> sick() {
    var sick = new TreeMap<String, String>();
    entries.forEach((imei, entry) -> entry.sick().ifPresent(why -> sick.put(imei, why)));
    return sick;
  }

  /** When a product is to be tested; empty: not before something happens to it. */
  public synchronized Optional<Instant> due(String imei) {
    var entry = of(imei);
    boolean hasFailed =
        settings.afterFailures() > 0 && entry.failures() >= settings.afterFailures();
    if (entry.running() || hasFailed) {
      return Optional.of(Instant.EPOCH);
    }
    if (entry.sick().isPresent()) {
      return Optional.of(entry.ended().plus(settings.sickEvery()));
    }
    return settings
        .every()
        .map(
            every ->
                entry.ended().equals(Instant.EPOCH) ? Instant.EPOCH : entry.ended().plus(every));
  }

  private Entry of(String imei) {
    return Optional.ofNullable(entries.get(imei)).orElse(Entry.NEW);
  }

  private void put(String imei, Entry entry) {
    entries.remove(imei);
    entries.put(imei, entry);
    if (entries.size() > MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
    write();
  }

  private void write() {
    var lines = entries.entrySet().stream().map(it -> line(it.getKey(), it.getValue())).toList();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(part, lines);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("the health of products is not kept");
    }
  }

  /** IMEI, time, failures in a row, whether one was running, and why it is sick, if it is. */
  private static String line(String imei, Entry entry) {
    return String.join(
        " ",
        encoded(imei),
        Long.toString(entry.ended().toEpochMilli()),
        Integer.toString(entry.failures()),
        Boolean.toString(entry.running()),
        entry.sick().map(why -> "sick=" + encoded(why)).orElse("fit"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void read(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != WORDS) {
      throw new IllegalArgumentException("a line has " + words.length + " words");
    }
    var sick =
        words[4].startsWith("sick=")
            ? Optional.of(
                URLDecoder.decode(words[4].substring("sick=".length()), StandardCharsets.UTF_8))
            : Optional.<String>empty();
    entries.put(
        URLDecoder.decode(words[0], StandardCharsets.UTF_8),
        new Entry(
            Instant.ofEpochMilli(Long.parseLong(words[1])),
            sick,
            Math.max(0, Integer.parseInt(words[2])),
            Boolean.parseBoolean(words[3])));
  }
}

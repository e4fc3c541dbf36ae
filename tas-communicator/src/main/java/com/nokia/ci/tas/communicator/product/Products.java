package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.ExtraAttributes;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connected products of a node and their files (guide, "Product"). Three parties say something
 * of a product: the CI proxy whether it is connected, its maintainer in the file what it is, and
 * the service who has it. Whatever comes in, all three are looked at again.
 *
 * <p>All work is done by one thread of its own; any thread may call. Files of connected products
 * are looked at every half second and read once they have been still from one look to the next, so
 * an edit is seen within two seconds and never half of it.
 *
 * <p>That a product is with a test is in its file at once, for its executor may read it; that it is
 * free again a second later, for often the next test has it by then, and to write a file so that it
 * survives whatever happens takes longer than a short test does.
 *
 * <p>What devices say of themselves changes all the time. For each product it is passed on at once
 * if it has been still for half a minute, and else when that has passed.
 */
public final class Products implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Products.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration FACTS_EVERY = Duration.ofSeconds(30);
  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final Duration FREE_AFTER = Duration.ofSeconds(1);
  private static final int TRIES = 3;

  private final ProductDirectory directory;
  private final Surroundings surroundings;
  private final ProductListener listener;
  private final LongSupplier nanos;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var worker = new Thread(task, "tas-products");
            worker.setDaemon(true);
            return worker;
          });
  private final Map<String, ConnectedProduct> connected = new TreeMap<>();
  private final Map<String, Optional<ProductDirectory.Stamp>> read = new TreeMap<>();
  private final Map<String, Optional<ProductDirectory.Stamp>> lastLook = new TreeMap<>();

  /** How files looked when they had not changed from one look to the next. */
  private final Map<String, Optional<ProductDirectory.Stamp>> settled = new TreeMap<>();

  private boolean isTurn;
  private final Map<String, ProductText> texts = new TreeMap<>();
  private final Map<String, ProductDescription> told = new TreeMap<>();

  /** Products whose files were made by this node and edited by nobody. */
  private final Set<String> unedited = new TreeSet<>();

  /** Products of which the health test says more than that they are fit. */
  private final Map<String, Fitness> fitness = new TreeMap<>();

  /** When the facts of a product were passed on last. */
  private final Map<String, Long> factsTold = new TreeMap<>();

  /** Devices whose facts wait to be passed on. */
  private final Map<String, Device> factsWaiting = new TreeMap<>();

  /** When the service said of products that they are free whose files do not say so yet. */
  private final Map<String, Long> freed = new TreeMap<>();

  private Products(
      ProductDirectory directory,
      Surroundings surroundings,
      ProductListener listener,
      LongSupplier nanos) {
    this.directory = directory;
    this.surroundings = surroundings;
    this.listener = listener;
    this.nanos = nanos;
  }

  /**
   * Begins to keep the files of a directory, which is made with an example in it if need be.
   *
   * @throws SettingsException when the directory cannot be used
   */
  public static Products start(
      Path directory, Surroundings surroundings, ProductListener listener) {
    var files = new ProductDirectory(directory);
    try {
      files.create();
    } catch (IOException e) {
      throw new SettingsException(
          "the directory " + directory.toAbsolutePath() + " cannot be used: " + e, e);
    }
    var products = start(files, surroundings, listener, System::nanoTime);
    products.schedule();
    return products;
  }

  /** The same for a directory that exists, with another clock, and looking only when told to. */
  static Products start(
      ProductDirectory files,
      Surroundings surroundings,
      ProductListener listener,
      LongSupplier nanos) {
    return new Products(files, surroundings, listener, nanos);
  }

  /** These and no others are connected. */
  public void connected(Map<String, Device> devices) {
    var now = Map.copyOf(devices);
    thread.execute(() -> take(now));
  }

  /** The service said this of a product; products that are not connected are ignored. */
  public void serviceSaid(ProductDescription said) {
    thread.execute(() -> take(said));
  }

  /** The health test of the node says this of a product, whether it is connected or not. */
  public void fitness(String imei, Fitness now) {
    thread.execute(() -> take(imei, now));
  }

  /** Looks at the files now. */
  public void look() {
    thread.execute(this::lookAgain);
  }

  /** The same, done when this returns. */
  void lookNow() throws InterruptedException, ExecutionException {
    thread.submit(this::lookAgain).get();
  }

  /** Writes what is still to be written; does nothing the second time. */
  @Override
  public synchronized void close() {
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(() -> writeFreed(Duration.ZERO));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void schedule() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::lookInTurn, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * While nothing changes every other time is enough: an edit is seen by one look and read by the
   * next, within two seconds together.
   */
  private void lookInTurn() {
    isTurn = !isTurn;
    if (isTurn || !freed.isEmpty() || !settled.equals(lastLook)) {
      lookAgain();
    }
  }

  private void take(Map<String, Device> devices) {
    var gone = new LinkedHashMap<>(connected);
    gone.keySet().removeAll(devices.keySet());
    gone.keySet().forEach(this::remove);
    new TreeMap<>(devices).values().forEach(this::take);
  }

  private void take(Device device) {
    var former = connected.get(device.imei());
    if (former == null) {
      noteFacts(device);
      update(
          new ConnectedProduct(
              device,
              ProductDescription.EMPTY,
              Optional.empty(),
              ServiceWord.FREE,
              fitness.getOrDefault(device.imei(), Fitness.FIT)));
    } else if (former.device().equals(device)) {
      factsWaiting.remove(device.imei());
    } else if (former.device().equals(device.with(former.device().facts())) && isTooSoon(device)) {
      factsWaiting.put(device.imei(), device);
    } else {
      noteFacts(device);
      update(former.with(device));
    }
  }

  private void noteFacts(Device device) {
    factsWaiting.remove(device.imei());
    if (!device.facts().isEmpty()) {
      factsTold.put(device.imei(), nanos.getAsLong());
    }
  }

  private boolean isTooSoon(Device device) {
    var last = factsTold.get(device.imei());
    return last != null && nanos.getAsLong() - last < FACTS_EVERY.toNanos();
  }

  private void take(String imei, Fitness now) {
    if (now.equals(Fitness.FIT)) {
      fitness.remove(imei);
    } else {
      fitness.put(imei, now);
    }
    var product = connected.get(imei);
    if (product != null && !product.fitness().equals(now)) {
      update(product.with(now));
    }
  }

  private void take(ProductDescription said) {
    var word = ServiceWord.of(said);
    if (word.isPardon()) {
      take(said.id().imei(), Fitness.FIT);
      word = ServiceWord.FREE;
    }
    var product = connected.get(said.id().imei());
    if (product == null) {
      return;
    }
    if (word.status() == ProductStatus.DISABLED && isEcho(product, word)) {
      return;
    }
    if (!word.equals(product.word())) {
      freed.remove(said.id().imei());
      if (product.word().status() == ProductStatus.BUSY && word.equals(ServiceWord.FREE)) {
        freed.put(said.id().imei(), nanos.getAsLong());
      }
      update(product.with(word));
    }
  }

  /** What the node itself disabled the service may repeat, even after it was repaired. */
  private boolean isEcho(ConnectedProduct product, ServiceWord word) {
    return product.isDisabledHere()
        || word.details().startsWith(ConnectedProduct.IMPROPER)
        || Fitness.isOfHealth(word.details())
        || word.details().isEmpty();
  }

  private void lookAgain() {
    new TreeMap<>(factsWaiting).values().forEach(this::take);
    writeFreed(FREE_AFTER);
    lookAtFiles();
  }

  /** Whoever was freed so long ago is free in its file too. */
  private void writeFreed(Duration age) {
    long now = nanos.getAsLong();
    var due = new ArrayList<String>();
    freed.forEach(
        (imei, since) -> {
          if (now - since >= age.toNanos()) {
            due.add(imei);
          }
        });
    freed.keySet().removeAll(due);
    due.forEach(imei -> update(connected.get(imei)));
  }

  private void lookAtFiles() {
    for (var entry : new TreeMap<>(connected).entrySet()) {
      String imei = entry.getKey();
      try {
        var stamp = directory.stamp(imei);
        if (stamp.equals(lastLook.put(imei, stamp))) {
          settled.put(imei, stamp);
          if (!stamp.equals(read.get(imei))) {
            update(entry.getValue());
          }
        }
      } catch (IOException | RuntimeException e) {
        LOG.atError().addKeyValue("product", imei).setCause(e).log("product file not read");
      }
    }
  }

  private void remove(String imei) {
    if (freed.remove(imei) != null) {
      update(connected.get(imei));
    }
    connected.remove(imei);
    read.remove(imei);
    lastLook.remove(imei);
    settled.remove(imei);
    texts.remove(imei);
    unedited.remove(imei);
    factsTold.remove(imei);
    factsWaiting.remove(imei);
    var last = told.remove(imei);
    if (last != null) {
      listener.onRemoved(last);
    }
  }

  /** Brings file, memory and listener together. */
  private void update(ConnectedProduct known) {
    String imei = known.device().imei();
    ConnectedProduct product = withFile(known);
    connected.put(imei, product);
    var description = product.description(surroundings);
    var former = told.put(imei, description);
    if (former == null) {
      log(description);
      listener.onAdded(description);
    } else if (!former.equals(description)) {
      if (former.status() != description.status()) {
        log(description);
      }
      listener.onChanged(description);
    }
  }

  private ConnectedProduct withFile(ConnectedProduct known) {
    String imei = known.device().imei();
    try {
      ConnectedProduct product = known;
      for (int i = 0; i < TRIES; i++) {
        // Stamp first: an edit after it is seen by the next look.
        var stamp = directory.stamp(imei);
        if (isBeingEdited(imei, stamp)) {
          return product;
        }
        if (!stamp.equals(read.get(imei)) || !texts.containsKey(imei)) {
          readFile(known, stamp);
        }
        giveRole(known);
        var file = texts.get(imei).description();
        product =
            known.with(file, ProductRules.complaint(file).map(sentence -> inFile(imei, sentence)));
        if (freed.containsKey(imei) || writeOwned(product)) {
          break;
        }
        texts.remove(imei);
      }
      return product;
    } catch (BrokenFileException e) {
      return known.with(known.file(), Optional.of(inFile(imei, e.getMessage())));
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("product", imei).setCause(e).log("product file not usable");
      return known.with(known.file(), Optional.of(inFile(imei, "it cannot be used: " + e)));
    }
  }

  /** Whether the file has changed and was not yet seen to be still. */
  private boolean isBeingEdited(String imei, Optional<ProductDirectory.Stamp> stamp) {
    var former = read.get(imei);
    return former != null && !stamp.equals(former) && !stamp.equals(settled.get(imei));
  }

  private void readFile(ConnectedProduct known, Optional<ProductDirectory.Stamp> stamp)
      throws IOException {
    String imei = known.device().imei();
    texts.remove(imei);
    read.put(imei, stamp);
    unedited.remove(imei);
    if (stamp.isEmpty()) {
      unedited.add(imei);
      directory.create(imei, known.description(surroundings));
      read.put(imei, directory.stamp(imei));
    }
    var text = directory.read(imei).orElseThrow(() -> new BrokenFileException("it is gone"));
    texts.put(imei, ProductText.parse(text));
    warnOfElements(imei, texts.get(imei).description());
  }

  /** Elements that look like attributes and are none stay in the file, and nobody is told. */
  private static void warnOfElements(String imei, ProductDescription file) {
    var taken = ExtraAttributes.bounded(file).values();
    for (var entry : file.values().entrySet()) {
      if (!taken.containsKey(entry.getKey())) {
        LOG.atWarn()
            .addKeyValue("product", imei)
            .addKeyValue("element", SafeName.shown(entry.getKey()))
            .addKeyValue(
                "why",
                ExtraAttributes.complaint(entry.getKey())
                    .orElse(
                        entry.getValue().length() > ExtraAttributes.LONGEST_VALUE
                            ? "its value is too long"
                            : "there are too many"))
            .log("an element of a product file does not become an attribute");
      }
    }
  }

  /** What a device is for is known before anybody has edited its file: a reference must be one. */
  private void giveRole(ConnectedProduct known) throws IOException {
    String imei = known.device().imei();
    String role = DeviceFacts.role(known.device().facts());
    if (!role.isEmpty() && unedited.contains(imei)) {
      write(imei, texts.get(imei).with(Map.of(ProductAttribute.ROLE.text(), role)));
    }
  }

  /**
   * Writes what belongs to the node into the file.
   *
   * @return false when somebody else wrote meanwhile, so that all has to be looked at again
   */
  private boolean writeOwned(ConnectedProduct product) throws IOException {
    String imei = product.device().imei();
    return write(imei, texts.get(imei).with(product.ownedValues(surroundings, texts.get(imei))));
  }

  private boolean write(String imei, ProductText written) throws IOException {
    var former = texts.get(imei);
    if (written.text().equals(former.text())) {
      return true;
    }
    boolean replaced = directory.replace(imei, former.text(), written.text());
    if (replaced) {
      read.put(imei, directory.stamp(imei));
      texts.put(imei, written);
    }
    return replaced;
  }

  private String inFile(String imei, String sentence) {
    return "products/" + imei + ".xml " + sentence;
  }

  private static void log(ProductDescription product) {
    LOG.atInfo()
        .addKeyValue("product", product.id())
        .addKeyValue("status", product.status().text())
        .addKeyValue("details", SafeName.shown(product.statusDetails()))
        .log("product has a status");
  }
}

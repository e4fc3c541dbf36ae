package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.client.ClientSettings;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Files between a client and a node, one large and many small ones: artifacts from the start of a
 * test to that of its executor, results from there to its end. On each way: directly, through the
 * service, directly over TLS; and from the cache of the node. Large files are held against the
 * slower of a raw copy over loopback to disk and of hashing by one thread, small ones against
 * copying them from one directory to another.
 *
 * <p>Each way has files of its own: a file that is written once more is brought to the disk at
 * once, and the next would wait for that. Nothing is deleted meanwhile, workspaces of nodes
 * included: ext4 without a journal looks past every file that was deleted within the last minutes
 * whenever it makes one, which would be most of what is measured.
 */
final class FileRates implements AutoCloseable {
  private static final long MB = 1 << 20;
  private static final long WARM_UP = 64 * MB;

  /**
   * Only seven would end the compiling, which is half of all at first; the table has no time for
   * it.
   */
  private static final int WARM_UPS_SMALL = 3;

  private static final int WARM_UPS_SMALL_WITHOUT_BAR = 1;
  private static final long SEED_SMALL = 3;
  private static final int MOST_RESULTS = 1_000;

  /** Nobody can dial it, so what is for the client goes through the service. */
  private static final String NOWHERE = "255.255.255.255";

  private static final String KEEP = "--keep-workspaces-of-all-tests";

  private final Path scratch;
  private final LocalFarm farm;
  private final Way way;
  private final Issuer issuer;
  private final Amount amount;

  /**
   * How much is sent.
   *
   * @param large bytes of the large file
   * @param small how many files of 4 KB
   */
  record Amount(long large, int small) {
    /** What issue and documents speak of; takes as long again. */
    static final Amount WHOLE = new Amount(1024 * MB, 10_000);

    /** What the whole table has time for. */
    static final Amount USUAL = new Amount(512 * MB, 10_000);
  }

  /** The way of a file. */
  private enum Way {
    DIRECT("", 0.9, 10_000),
    RELAYED(", relayed", 0.7, 0),
    TLS(", over TLS", 0, 0);

    private final String words;
    private final double largeRatio;
    private final double smallRate;

    /** With bars of 0 where there is none. */
    Way(String words, double largeRatio, double smallRate) {
      this.words = words;
      this.largeRatio = largeRatio;
      this.smallRate = smallRate;
    }

    Bar large() {
      return largeRatio > 0 ? Bar.ofRatio(largeRatio) : Bar.NONE;
    }

    Bar small() {
      return smallRate > 0 ? Bar.ofValue(smallRate) : Bar.NONE;
    }
  }

  private FileRates(Path scratch, Way way, Amount amount) throws Exception {
    this.scratch = scratch;
    this.way = way;
    this.amount = amount;
    this.farm = Scene.farm(scratch, 1);
    try {
      this.issuer = newIssuer();
    } catch (Exception | Error e) {
      farm.close();
      throw e;
    }
  }

  static List<Figure> measure(Scene scene, Amount amount) throws Exception {
    scene.endFarm();
    var figures = new ArrayList<Figure>();
    for (Way way : Way.values()) {
      Path scratch = scene.scratch("files");
      try (var rates = new FileRates(scratch, way, amount)) {
        figures.addAll(rates.measure());
      }
    }
    return figures;
  }

  private Issuer newIssuer() throws Exception {
    var settings = ClientSettings.defaults().withPort(0);
    switch (way) {
      case DIRECT -> farm.addNode("node", 1, KEEP);
      case RELAYED -> {
        farm.addNode("node", 1, KEEP);
        settings = settings.withHostname(NOWHERE);
      }
      case TLS -> {
        makeKeys();
        farm.addNode("node", 1, KEEP, "FarmKey=" + keyFile("node"));
        settings = settings.withFarmKey(keyFile("client"));
      }
    }
    return new Issuer(farm, settings);
  }

  private void makeKeys() throws Exception {
    var command =
        List.of(
            Program.java(),
            "-jar",
            Program.SERVICE.toString(),
            "keys",
            "--farm",
            "a farm to measure",
            "--port",
            Integer.toString(farm.port()));
    try (Program keys = Program.start(farm.serviceHome(), command)) {
      if (keys.exitCode() != 0) {
        throw new IOException("no keys were made: " + keys.text());
      }
    }
    farm.service().untilPrinted("TLS is on");
  }

  private Path keyFile(String kind) throws IOException {
    try (Stream<Path> files = Files.list(farm.serviceHome())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("farm-" + kind))
          .findFirst()
          .orElseThrow(() -> new IOException("there is no key of a " + kind));
    }
  }

  private List<Figure> measure() throws Exception {
    warmUp();
    var figures = new ArrayList<Figure>();
    figures.addAll(large());
    figures.addAll(small());
    return figures;
  }

  /** A farm runs for weeks: what its programs do all day is compiled by then. */
  private void warmUp() throws Exception {
    Path image = scratch.resolve("warm-up.img");
    BareFiles.fill(image, 1, WARM_UP);
    sendArtifacts(scratch, List.of("warm-up.img"));
    fetchResults(List.of("warm-up.img"), scratch);
    int rounds = way == Way.DIRECT ? WARM_UPS_SMALL : WARM_UPS_SMALL_WITHOUT_BAR;
    for (int i = 0; i < rounds; i++) {
      Path workspace = scratch.resolve("warm-up-" + i);
      int count = way == Way.DIRECT ? amount.small() : amount.small() / 3;
      var names = BareFiles.fillSmall(workspace, SEED_SMALL + 1 + i, count);
      sendArtifacts(workspace, names);
      fetchResults(someOf(names), workspace);
    }
  }

  /** As many as a node takes for results. */
  private static List<String> someOf(List<String> names) {
    return names.subList(0, Math.min(names.size(), MOST_RESULTS));
  }

  private List<Figure> large() throws Exception {
    String name = String.format(Locale.ROOT, "of %d MB%s", amount.large() / MB, way.words);
    Path workspace = Files.createDirectory(scratch.resolve("large"));
    Path image = workspace.resolve("large.img");
    BareFiles.fill(image, 2, amount.large());
    Files.setLastModifiedTime(image, FileTime.fromMillis(0));
    double floor = floor(image);
    double sent = BareFiles.rate(amount.large(), sendArtifacts(workspace, List.of("large.img")));
    var figures = new ArrayList<Figure>();
    figures.add(Figure.rate("an artifact " + name, sent, floor, "MB/s").with(way.large()));
    if (way == Way.DIRECT) {
      double without = sendArtifacts(workspace, List.of()) / 1e6;
      double cached = sendArtifacts(workspace, List.of("large.img")) / 1e6;
      figures.add(
          Figure.cost(
              "start with it once the node has it (floor: no artifact)", cached, without, "ms"));
    }
    if (way.largeRatio > 0) {
      floor = floor(image);
    }
    double fetched = BareFiles.rate(amount.large(), fetchResults(List.of("large.img"), workspace));
    figures.add(Figure.rate("a results file " + name, fetched, floor, "MB/s").with(way.large()));
    return figures;
  }

  /**
   * Taken before each figure that has a bar, for it depends on the memory: what was not used for a
   * while has to be got from the host of a virtual machine, page by page, which takes longer than
   * the copying.
   */
  private double floor(Path image) throws Exception {
    BareFiles.settle();
    return Math.min(
        BareFiles.loopback(image, scratch.resolve("copy.img")), BareFiles.hashing(image));
  }

  private List<Figure> small() throws Exception {
    String name = "%,d %s of 4 KB" + way.words;
    Path workspace = scratch.resolve("small");
    List<String> names = BareFiles.fillSmall(workspace, SEED_SMALL, amount.small());
    BareFiles.settle();
    double floor = BareFiles.copySmall(workspace, names, scratch.resolve("copies"));
    double sent = names.size() / (sendArtifacts(workspace, names) / 1e9);
    List<String> results = someOf(names);
    double fetched = results.size() / (fetchResults(results, workspace) / 1e9);
    return List.of(
        Figure.rate(
                String.format(Locale.ROOT, name, names.size(), "artifacts"), sent, floor, "files/s")
            .with(way.small()),
        Figure.rate(
                String.format(Locale.ROOT, name, results.size(), "results files"),
                fetched,
                floor,
                "files/s")
            .with(way.small()));
  }

  /** In nanoseconds, from the start of a test to that of its executor. */
  private long sendArtifacts(Path workspace, List<String> names) throws Exception {
    BareFiles.settle();
    long begin = System.nanoTime();
    var test = issuer.start("true", workspace.toString(), names.toArray(String[]::new));
    long time = test.awaitStart() - begin;
    test.awaitEnd();
    return time;
  }

  /**
   * In nanoseconds, from the start of an executor to the end of its test: the executor leaves links
   * to the files, which takes no time to speak of.
   *
   * @param from has the files; they come back to another directory
   */
  private long fetchResults(List<String> names, Path from) throws Exception {
    Path back = Files.createTempDirectory(scratch, "back");
    String pattern = names.size() == 1 ? names.get(0) : "*.bin";
    Path script =
        Files.writeString(
            scratch.resolve("leave.sh"),
            names.size() == 1
                ? "ln '" + from.resolve(names.get(0)) + "' .\n"
                : "here=$PWD; cd '"
                    + from
                    + "' && ls | head -n "
                    + names.size()
                    + " | xargs cp -l -t \"$here\"\n");
    BareFiles.settle();
    var test = issuer.startForResults("sh " + script, back.toString(), pattern);
    long begin = test.awaitStart();
    long time = test.awaitEnd() - begin;
    try (Stream<Path> arrived = Files.list(back)) {
      long count = arrived.count();
      if (count != names.size()) {
        throw new IOException(count + " of " + names.size() + " results files came back");
      }
    }
    return time;
  }

  @Override
  public void close() {
    issuer.close();
    farm.close();
  }
}

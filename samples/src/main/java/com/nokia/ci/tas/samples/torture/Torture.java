package com.nokia.ci.tas.samples.torture;

import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.torture.Evidence.ClientLife;
import com.nokia.ci.tas.samples.torture.TortureSettings.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.FileUtils;

/**
 * The program behind {@code ./tas torture}: starts a farm, kills, stalls and restarts its programs
 * while clients submit tests, and says afterwards whether it kept its promises.
 */
public final class Torture {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final TortureSettings settings;
  private final Path directory;
  private final PrintStream out;

  /**
   * A torture yet to be carried out.
   *
   * @param directory for all files of the farm; need not exist
   * @param out for whoever watches
   */
  Torture(TortureSettings settings, Path directory, PrintStream out) {
    this.settings = settings;
    this.directory = directory;
    this.out = out;
  }

  /**
   * Exit code 0 when every promise was kept, 1 when one was broken (the directory with all logs is
   * kept then), 2 for wrong usage.
   */
  public static void main(String[] arguments) throws Exception {
    Optional<TortureSettings> settings = TortureSettings.read(List.of(arguments));
    if (settings.isEmpty()) {
      System.err.println(TortureSettings.USAGE);
      System.exit(2);
    }
    Path directory = Files.createTempDirectory("tas-torture-");
    List<String> violations = new Torture(settings.get(), directory, System.out).run();
    if (violations.isEmpty()) {
      FileUtils.deleteQuietly(directory.toFile());
    }
    System.exit(violations.isEmpty() ? 0 : 1);
  }

  /**
   * Carries it out.
   *
   * @return a sentence for each promise that was broken
   * @throws Exception when the farm does not come up in the first place
   */
  List<String> run() throws Exception {
    Files.createDirectories(directory);
    List<Blow> plan = Plan.of(settings);
    out.printf(
        "seed %d: %d blows in %.1f minutes on a farm of %d nodes with %d products and %d clients%n",
        settings.seed(),
        plan.size(),
        settings.storm().toMillis() / 60_000.0,
        settings.nodes(),
        settings.allProducts(),
        settings.clients());
    out.println("files: " + directory);
    var farm = new TorturedFarm(settings, directory);
    var guard = new Thread(() -> farm.victims().forEach(Victim::close), "torture-end");
    Runtime.getRuntime().addShutdownHook(guard);
    try {
      begin(farm);
      List<String> afterwards = weather(farm, plan);
      Evidence evidence = evidence(farm, afterwards);
      List<String> violations = new Judge(evidence, TorturedFarm.RETRIES + 1).violations();
      report(farm, evidence, violations);
      return violations;
    } finally {
      farm.victims().forEach(Victim::close);
      Runtime.getRuntime().removeShutdownHook(guard);
    }
  }

  private void begin(TorturedFarm farm) throws Exception {
    for (Kind kind : Kind.values()) {
      for (Victim victim : farm.victims(kind)) {
        victim.start();
      }
      if (kind == Kind.SERVICE) {
        Patience.untilTrue("the service answers; its files: " + directory, farm::isHealthy);
      }
      if (kind == Kind.COMMUNICATOR) {
        Patience.untilTrue(
            "the farm has its products; its files: " + directory,
            () -> farm.products().size() == settings.allProducts());
      }
    }
  }

  private List<String> weather(TorturedFarm farm, List<Blow> plan) throws Exception {
    var complaints = new ArrayList<String>();
    try (var log =
            new PrintStream(directory.resolve("storm.log").toFile(), StandardCharsets.UTF_8);
        var watch = new ProductWatch(farm)) {
      watch.begin();
      var storm = new Storm(farm, plan, log);
      while (storm.age().compareTo(settings.storm()) < 0) {
        Duration next = storm.age().plus(BETWEEN_LINES);
        storm.rage(next.compareTo(settings.storm()) < 0 ? next : settings.storm());
        out.printf(
            "%5d s  kills %d; %s%n",
            storm.age().toSeconds(),
            Tally.kills(farm.victims()),
            new Tally(evidence(farm, List.of())).line());
      }
      storm.abate();
      complaints.addAll(storm.accidents());
      complaints.addAll(watch.complaints());
    }
    out.println("the storm is over; the farm comes to rest");
    complaints.addAll(new Calm(farm, settings.allProducts()).await());
    return complaints;
  }

  private static Evidence evidence(TorturedFarm farm, List<String> afterwards) throws IOException {
    var lives = new ArrayList<ClientLife>();
    for (Victim client : farm.victims(Kind.CLIENT)) {
      for (int life = 1; life <= client.lives(); life++) {
        String name = client.name() + "." + life;
        lives.add(
            new ClientLife(
                name,
                Journal.read(client.home().resolve(name + ".journal")),
                life < client.lives()));
      }
    }
    Path notes = farm.notes().resolve("runs");
    List<String> lines = Files.exists(notes) ? Files.readAllLines(notes) : List.of();
    return new Evidence(lines.stream().map(RunNote::read).toList(), lives, afterwards);
  }

  private void report(TorturedFarm farm, Evidence evidence, List<String> violations)
      throws IOException {
    out.println();
    out.print(Tally.blows(farm.victims()));
    out.println();
    out.print(new Tally(evidence).tests());
    out.printf("violations       %d%n", violations.size());
    violations.forEach(it -> out.println("  " + it));
    if (!violations.isEmpty()) {
      Files.write(directory.resolve("violations.txt"), violations);
      out.println("all logs are kept in " + directory + "; storm.log says who was hit when");
      out.printf(
          "--seed %d gives the same blows at the same times; what the programs do then may differ%n",
          settings.seed());
    }
  }
}

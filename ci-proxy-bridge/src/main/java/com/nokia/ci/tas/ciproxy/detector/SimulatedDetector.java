package com.nokia.ci.tas.ciproxy.detector;

import com.nokia.ci.tas.commons.launch.FileWatch;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Products that exist only here, for trying a farm without any: a number of them, or those that a
 * file lists, which is read again whenever it is edited. A product is unplugged by taking it out of
 * the file or by hand; unplugged by hand it stays so until it is plugged in by hand.
 */
final class SimulatedDetector implements Detector, Plugboard {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedDetector.class);
  private static final int FIRST_PORT = 15_000;

  private final Optional<Path> file;
  private final AtomicReference<Board> board;
  private final Sockets sockets;
  private final List<FileWatch> watches = new CopyOnWriteArrayList<>();
  private volatile Runnable changed = () -> {};

  private record Board(List<Device> known, Set<String> unplugged) {
    Board with(List<Device> devices) {
      return new Board(devices, unplugged);
    }

    Board plug(String imei, boolean in) {
      var out = new HashSet<>(unplugged);
      if (in) {
        out.remove(imei);
      } else {
        out.add(imei);
      }
      return new Board(known, Set.copyOf(out));
    }
  }

  private SimulatedDetector(List<Device> known, Optional<Path> file, Sockets sockets) {
    this.board = new AtomicReference<>(new Board(known, Set.of()));
    this.file = file;
    this.sockets = sockets;
  }

  /** A product stays in its socket when the lines of a file move. */
  private static final class Sockets {
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();

    int of(String imei) {
      return taken.computeIfAbsent(imei, it -> last.incrementAndGet());
    }
  }

  /** So many products, all RM-763. */
  static SimulatedDetector of(int count) {
    return new SimulatedDetector(
        IntStream.rangeClosed(1, count).mapToObj(SimulatedDetector::standard).toList(),
        Optional.empty(),
        new Sockets());
  }

  /**
   * The products that a file lists.
   *
   * @throws SettingsException when there is no such file
   */
  static SimulatedDetector of(Path file) {
    var sockets = new Sockets();
    try {
      return new SimulatedDetector(read(file, sockets), Optional.of(file), sockets);
    } catch (IOException e) {
      throw new SettingsException(
          "SimulatedProducts=%s is neither a number nor a file that can be read: %s"
              .formatted(file, e),
          e);
    }
  }

  /** The product in the n-th socket, from 1, when nothing else is said of it. */
  static Device standard(int number) {
    return new Device(
        Imei.simulated(number),
        "RM-763",
        "USB" + number,
        "GConnId_%016x".formatted(number),
        Integer.toString(FIRST_PORT + number - 1));
  }

  @Override
  public String name() {
    return "simulated products";
  }

  @Override
  public void start(Runnable listener) {
    changed = listener;
    file.ifPresent(
        it -> {
          watches.add(FileWatch.start(it, this::readAgain));
          readAgain();
        });
    listener.run();
  }

  @Override
  public List<Device> devices() {
    Board now = board.get();
    return now.known().stream().filter(it -> !now.unplugged().contains(it.imei())).toList();
  }

  @Override
  public Optional<Plugboard> plugboard() {
    return Optional.of(this);
  }

  @Override
  public List<Device> known() {
    return board.get().known();
  }

  @Override
  public boolean isPlugged(String imei) {
    return devices().stream().anyMatch(it -> it.imei().equals(imei));
  }

  @Override
  public boolean plug(String imei, boolean in) {
    if (known().stream().noneMatch(it -> it.imei().equals(imei))) {
      return false;
    }
    board.updateAndGet(it -> it.plug(imei, in));
    changed.run();
    return true;
  }

  @Override
  public void close() {
    changed = () -> {};
    watches.forEach(FileWatch::close);
  }

  void readAgain() {
    file.ifPresent(
        it -> {
          try {
            List<Device> devices = read(it, sockets);
            board.updateAndGet(old -> old.with(devices));
            changed.run();
          } catch (IOException e) {
            LOG.atWarn()
                .addKeyValue("file", it)
                .addKeyValue("error", e.toString())
                .log("list of simulated products cannot be read, the former one holds");
          }
        });
  }

  private static List<Device> read(Path file, Sockets sockets) throws IOException {
    var content = SimulatedProductsFile.parse(Files.readString(file), sockets::of);
    content.badLines().forEach(it -> LOG.atWarn().log("{} {}", file.getFileName(), it));
    return content.devices();
  }
}

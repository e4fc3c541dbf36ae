package com.nokia.ci.tas.samples.torture;

import com.nokia.ci.tas.client.ClientSettings;
import com.nokia.ci.tas.client.TestAutomationClient;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.Test.ProductReleasingMode;
import com.nokia.ci.tas.samples.torture.Journal.Word;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A program that keeps some tests going until something, or the end, comes on its standard input;
 * then it waits for the ends of those that it has started, and ends with 0.
 */
public final class TorturedClient {
  private static final int AT_ONCE = 5;
  private static final int ARTIFACT_SIZE = 100_000;
  private static final long PAUSE_MILLIS = 200;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 2_000;

  private final Orders orders;
  private final Journal journal;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(AT_ONCE);
  private volatile boolean isOver;

  /**
   * What a client is started with.
   *
   * @param notes directory in which executors write
   * @param servicePort of the service on this machine
   * @param name of this life of the client
   * @param seed of its tests
   * @param productsOfANode the most that a test may ask for
   */
  record Orders(Path notes, int servicePort, String name, long seed, int productsOfANode) {
    static Orders read(String[] words) {
      return new Orders(
          Path.of(words[0]),
          Integer.parseInt(words[1]),
          words[2],
          Long.parseLong(words[3]),
          Integer.parseInt(words[4]));
    }

    List<String> words() {
      return List.of(
          notes.toString(),
          Integer.toString(servicePort),
          name,
          Long.toString(seed),
          Integer.toString(productsOfANode));
    }
  }

  private TorturedClient(Orders orders) {
    this.orders = orders;
    this.journal = new Journal(Path.of(orders.name() + ".journal"));
  }

  /** Takes the words of {@link Orders}; the current directory is its home. */
  public static void main(String[] words) throws IOException, InterruptedException {
    new TorturedClient(Orders.read(words)).run();
  }

  private void run() throws IOException, InterruptedException {
    var random = new Random(orders.seed());
    byte[] artifact = new byte[ARTIFACT_SIZE];
    random.nextBytes(artifact);
    Path workspace = workspace(artifact);
    var ear = new Thread(this::awaitLastOrder, "torture-orders");
    ear.setDaemon(true);
    ear.start();
    try (var client =
        TestAutomationClient.open(ClientSettings.defaults().speakingInSessionsOnly())) {
      for (int number = 1; isWanted(); number++) {
        Order order = Order.draw(random, orders.productsOfANode());
        Test test = order.test(orders.name() + "_" + number);
        test.addexecutorEnvparam("TORTURE", orders.notes().toString());
        test.addexecutorEnvparam("DIGEST", digest(artifact));
        journal.write(Word.SUBMITTED, test.getId(), order.toString());
        var listener =
            new IssuedTest(journal, workspace, order.size().parts(), new Course(client, order));
        client.startTest(test, "localhost", orders.servicePort(), listener);
      }
      room.acquire(AT_ONCE);
      later.shutdownNow();
      journal.write(Word.DRAINED, "-", "");
    }
  }

  /** Whether another test is to be started, as soon as there is room for it. */
  private boolean isWanted() throws InterruptedException {
    room.acquire();
    if (isOver) {
      room.release();
    }
    return !isOver;
  }

  /**
   * Gives back what a test had, and makes room for another: not at once, the service may be away.
   */
  private void settle(TestAutomationClient client, Test test) {
    var unused =
        later.schedule(
            () -> {
              if (test.getProductReleasingMode()
                  == ProductReleasingMode.MANUALLY_RELEASE_RESERVED_PRODUCTS) {
                client.freeProducts(test.getReservedProducts());
                journal.write(Word.RELEASED, test.getId(), "");
              }
              room.release();
            },
            test.getStatus() == Test.Status.FINISHED ? PAUSE_MILLIS : PAUSE_AFTER_FAILURE_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** What the client does when something has happened to one of its tests. */
  private final class Course implements IssuedTest.Course {
    private final TestAutomationClient client;
    private final AtomicReference<Optional<Duration>> stop;

    Course(TestAutomationClient client, Order order) {
      this.client = client;
      stop = new AtomicReference<>(order.stop());
    }

    @Override
    public void started(Test test, IssuedTest listener) {
      stop.getAndSet(Optional.empty()).ifPresent(after -> stopLater(test, listener, after));
    }

    /** A test that has ended by then stays as it ended. */
    private void stopLater(Test test, IssuedTest listener, Duration after) {
      var unused =
          later.schedule(
              () -> {
                journal.write(Word.STOPPING, test.getId(), "");
                client.stopTest(test, "localhost", orders.servicePort(), listener);
              },
              after.toMillis(),
              TimeUnit.MILLISECONDS);
    }

    @Override
    public void ended(Test test) {
      settle(client, test);
    }
  }

  private void awaitLastOrder() {
    try {
      int unused = System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      isOver = true;
    }
  }

  private Path workspace(byte[] artifact) throws IOException {
    Path workspace = Files.createDirectory(Path.of(orders.name()));
    Files.write(workspace.resolve("data.bin"), artifact);
    try (var script = TorturedClient.class.getResourceAsStream("run.sh")) {
      if (script == null) {
        throw new FileNotFoundException("run.sh is not in the jar of the samples");
      }
      Files.copy(script, workspace.resolve("run.sh"));
    }
    return workspace;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

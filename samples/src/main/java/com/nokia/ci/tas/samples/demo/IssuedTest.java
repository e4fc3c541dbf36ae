package com.nokia.ci.tas.samples.demo;

import com.nokia.ci.tas.client.TestAutomationClient;
import com.nokia.ci.tas.commons.Constant;
import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.TestAutomationServiceListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One test as a CI plug-in would run it: a workspace with an image and an executor script, started
 * through the client library, its output printed as it comes.
 */
final class IssuedTest implements TestAutomationServiceListener {
  static final String RESULTS = "results.zip";

  private static final String IMAGE = "firmware.img";
  private static final int IMAGE_SIZE = 4 * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path workspace;
  private final PrintStream out;
  private final CompletableFuture<Verdict> end = new CompletableFuture<>();
  private final AtomicReference<List<Product>> reserved = new AtomicReference<>(List.of());

  /**
   * How a test ended.
   *
   * @param passed whether it finished
   * @param reason why not; empty if it did
   * @param reserved the products it had
   */
  record Verdict(boolean passed, String reason, List<String> reserved) {}

  IssuedTest(Path workspace, PrintStream out) {
    this.workspace = workspace;
    this.out = out;
  }

  /** Runs the test to its end. */
  Verdict run(String serviceHost, int servicePort) throws IOException, InterruptedException {
    Files.createDirectories(workspace);
    Files.write(workspace.resolve(IMAGE), image());
    var test = new Test("demo_" + System.currentTimeMillis(), Test.Target.FLASH);
    test.setWorkspacePath(workspace.toString());
    test.setTimeout(10 * Constant.ONE_MINUTE);
    test.addArtifact(IMAGE);
    test.setResultsFilename(RESULTS);
    var product = new Product();
    product.setRMCode("RM-763");
    product.setRole(Product.Role.MAIN);
    test.addRequiredProduct(product);
    var executor = Executor.ofThisMachine();
    test.setExecutorApplication(executor.application());
    test.setExecutorScript(executor.script());
    executor.writeTo(workspace);
    out.println("test " + test.getId() + " asks for one RM-763 product in role main");
    try (var silence =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var client = new TestAutomationClient(silence)) {
      client.startTest(test, serviceHost, servicePort, this);
      return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      return new Verdict(false, "no end within " + PATIENCE.toSeconds() + " s", List.of());
    }
  }

  @Override
  public void testStarted(Test startedTest) {
    reserved.set(List.copyOf(startedTest.getReservedProducts()));
    out.println("started on " + String.join(", ", shown(reserved.get())));
  }

  @Override
  public void testFinished(Test finishedTest) {
    end.complete(new Verdict(true, "", shown(reserved.get())));
  }

  @Override
  public void testFailed(Test failedTest, String reason) {
    end.complete(new Verdict(false, reason, shown(reserved.get())));
  }

  @Override
  public void messageFromTestAutomationService(Test test, String message) {
    message.lines().forEach(line -> out.println("  | " + line));
  }

  @Override
  public InputStream readFile(String directoryPath, String fileName) {
    try {
      return Files.newInputStream(Path.of(directoryPath, fileName));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OutputStream createFile(String directoryPath, String fileName) {
    try {
      return Files.newOutputStream(Path.of(directoryPath, fileName));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> shown(List<Product> products) {
    return products.stream().map(it -> it.getRMCode() + " " + it.getIMEI()).toList();
  }

  /** The SHA-256 of the image as it was sent, in hexadecimal digits. */
  static String sentImage() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] image() {
    var image = new byte[IMAGE_SIZE];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (i * 31 ^ i >> 8);
    }
    return image;
  }
}

package com.nokia.ci.tas.communicator.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ProductsTest {
  private static final String IMEI = "004402136230483";
  private static final Device DEVICE = new Device("RM-763", "USB4", "GConnId_a", IMEI, "15000");
  private static final Surroundings HERE =
      new Surroundings(new Endpoint("tas.example", 31415), "node.example", "10.1.1.20");
  private static final ProductDescription BUSY =
      ProductDescription.of(
          Map.of(
              "imei", IMEI,
              "status", "busy",
              "status-details", "nightly_1",
              "reservation-time", "1700000000000",
              "reservation-timeout", "60000"));
  private static final ProductDescription FREE =
      ProductDescription.of(Map.of("imei", IMEI, "status", "free"));

  /** What somebody does while the node writes. */
  private interface Edit {
    void run() throws IOException;
  }

  private record Heard(String what, ProductDescription product) {}

  @TempDir Path directory;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final AtomicReference<Edit> whileWriting = new AtomicReference<>(() -> {});
  private final AtomicLong nanos = new AtomicLong();
  private long edits;
  private Path file;
  private Products products;

  @BeforeEach
  void start() throws IOException {
    file = directory.resolve(IMEI + ".xml");
    products = startProducts();
  }

  @AfterEach
  void close() {
    products.close();
  }

  @Test
  void aNewProductGetsAFileAndIsFree() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));

    var added = heard.take();
    assertEquals("added", added.what());
    assertEquals("RM-763", added.product().rmCode());
    assertEquals(ProductStatus.FREE, added.product().status());
    assertEquals("tas.example", added.product().value("tas-hostname"));
    assertEquals("10.1.1.20", added.product().value("ip"));
    assertEquals("GConnId_a", added.product().value("trace-connection-id"));
    assertEquals("1234", added.product().value("sim1-pin1"));
    assertTrue(text().contains("<rm-code>RM-763</rm-code>"));
    assertTrue(Files.exists(directory.resolve("IMEI.xml")));
  }

  @Test
  void whatTheServiceSaysIsWrittenAndNothingElseTouched() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    edit(text().replace("<role>main</role>", "<role>remote</role> <!-- mine -->"));
    assertEquals("remote", heard.take().product().value("role"));
    String before = text();

    products.serviceSaid(BUSY);
    assertEquals("nightly_1", heard.take().product().statusDetails());
    assertTrue(text().contains("<status>busy</status>"));
    assertTrue(text().contains("<reservation-time>1700000000000</reservation-time>"));
    free();

    assertEquals(
        before.replace(
            "</product>",
            "    <reservation-time>0</reservation-time>"
                + System.lineSeparator()
                + "    <reservation-timeout>21600000</reservation-timeout>"
                + System.lineSeparator()
                + "</product>"),
        text());
  }

  @Test
  void aProductThatIsReservedAgainAtOnceIsNotWrittenInBetween() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    products.serviceSaid(BUSY);
    heard.take();
    var writes = new AtomicInteger();
    whileWriting.set(writes::incrementAndGet);

    products.serviceSaid(FREE);
    assertEquals(ProductStatus.FREE, heard.take().product().status());
    products.lookNow();
    assertTrue(text().contains("<status>busy</status>"), "for a moment only");
    products.serviceSaid(BUSY);
    assertEquals(ProductStatus.BUSY, heard.take().product().status());
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    products.lookNow();

    assertTrue(text().contains("<status>busy</status>"));
    assertEquals(0, writes.get());
  }

  @Test
  void whatIsToBeWrittenIsWrittenInTheEnd() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    products.serviceSaid(BUSY);
    heard.take();
    products.serviceSaid(FREE);
    heard.take();

    products.close();

    assertTrue(text().contains("<status>free</status>"));
  }

  @Test
  void aBrokenFileDisablesItsProductAndIsNeverOverwritten() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    String good = text();
    String broken = good.replace("</role>", "</rol>");
    edit(broken);

    var disabled = heard.take().product();
    assertEquals(ProductStatus.DISABLED, disabled.status());
    assertTrue(
        disabled
            .statusDetails()
            .matches("improper configuration: products/" + IMEI + ".xml line 19, column \\d+: .*"),
        disabled.statusDetails());
    assertEquals("12345", disabled.value("sim1-security-code"));
    products.serviceSaid(BUSY);
    assertEquals(ProductStatus.DISABLED, heard.take().product().status());
    products.serviceSaid(FREE);
    assertEquals(ProductStatus.DISABLED, heard.take().product().status());
    assertEquals(broken, text());
    edit(good);

    assertEquals(ProductStatus.FREE, heard.take().product().status());
    assertEquals(good, text());
  }

  @Test
  void aSickProductIsOutOfUseUntilItsHealthTestPasses() throws Exception {
    products.fitness(IMEI, Fitness.sick("no picture"));
    products.connected(Map.of(IMEI, DEVICE));

    var sick = heard.take().product();
    assertEquals(ProductStatus.DISABLED, sick.status());
    assertEquals("health test failed: no picture", sick.statusDetails());
    assertTrue(text().contains("<status>free</status>"), "the file is its maintainer's");
    // What the service repeats of it is no news.
    products.serviceSaid(sick);
    products.fitness(IMEI, Fitness.FIT);
    assertEquals(ProductStatus.FREE, heard.take().product().status());
  }

  @Test
  void aPersonMayEnableASickProductAndNothingElseThatTheNodeDisabled() throws Exception {
    products.fitness(IMEI, Fitness.sick("no picture"));
    products.connected(Map.of(IMEI, DEVICE));
    var sick = heard.take().product();
    var pardon = sick.with(Map.of("status", "free", "status-details", "enabled by anna"));

    products.serviceSaid(BUSY);
    heard.take();
    products.serviceSaid(FREE);
    assertEquals(ProductStatus.DISABLED, heard.take().product().status(), "no person's word");
    products.serviceSaid(pardon);

    var free = heard.take().product();
    assertEquals(ProductStatus.FREE, free.status());
    assertEquals("", free.statusDetails());
    edit(text().replace("</role>", "</rol>"));
    assertEquals(ProductStatus.DISABLED, heard.take().product().status());
    products.serviceSaid(pardon);
    products.fitness(IMEI, Fitness.FIT);
    edit(text().replace("</rol>", "</role>"));
    assertEquals(ProductStatus.FREE, heard.take().product().status(), "only now");
  }

  @Test
  void aRuleThatIsBrokenDisablesUntilItIsRepaired() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    String good = text();
    edit(
        good.replaceFirst("<phone-number></phone-number>", "<phone-number>+358</phone-number>")
            .replaceFirst("<puk2>22222222</puk2>", "<puk2></puk2>"));

    var disabled = heard.take().product();
    assertEquals(ProductStatus.DISABLED, disabled.status());
    assertTrue(disabled.statusDetails().contains("sim1 has a phone number but no puk2"));
    assertTrue(text().contains("<status>disabled</status>"));

    edit(text().replaceFirst("<puk2></puk2>", "<puk2>1</puk2>"));
    assertEquals(ProductStatus.FREE, heard.take().product().status());
    assertTrue(text().contains("<status>free</status>"));
    assertTrue(text().contains("<status-details></status-details>"));
  }

  @Test
  void aStatusNobodyUnderstandsIsLeftForItsMaintainer() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    edit(text().replace("<status>free</status>", "<status>disable</status>"));

    assertEquals(ProductStatus.DISABLED, heard.take().product().status());
    assertTrue(text().contains("<status>disable</status>"));
  }

  @Test
  void theMaintainerTakesAProductOutOfServiceAndGivesItBack() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    edit(
        text()
            .replace("<status>free</status>", "<status>disabled</status>")
            .replace("<status-details></status-details>", "<status-details>lent</status-details>"));

    var disabled = heard.take().product();
    assertEquals(ProductStatus.DISABLED, disabled.status());
    assertEquals("lent", disabled.statusDetails());
    products.serviceSaid(FREE);
    products.serviceSaid(disabled);
    products.close();
    products = startProducts();
    products.connected(Map.of(IMEI, DEVICE));
    assertEquals(disabled, heard.take().product());

    edit(text().replace("<status>disabled</status>", "<status>free</status>"));
    assertEquals(ProductStatus.FREE, heard.take().product().status());
    assertTrue(text().contains("<status-details></status-details>"));
  }

  @Test
  void whatTheServiceDisablesItAlsoGivesBack() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    products.serviceSaid(
        BUSY.with(Map.of("status", "disabled", "status-details", "failed three tests")));

    var disabled = heard.take().product();
    assertEquals("failed three tests", disabled.statusDetails());
    assertEquals(ProductStatus.DISABLED, disabled.status());
    products.serviceSaid(FREE);
    assertEquals(ProductStatus.FREE, heard.take().product().status());
  }

  @Test
  void aProductThatIsUnpluggedIsRemovedAtOnce() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    products.serviceSaid(BUSY);
    heard.take();
    products.connected(Map.of());

    var removed = heard.take();
    assertEquals("removed", removed.what());
    assertEquals(IMEI, removed.product().id().imei());
    assertTrue(Files.exists(file));
  }

  @Test
  void aNewConnectionNameIsWrittenIntoTheFile() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    products.connected(Map.of(IMEI, new Device("RM-763", "USB7", "GConnId_z", IMEI, "15005")));

    assertEquals("USB7", heard.take().product().value("fuse-connection-name"));
    assertTrue(text().contains("<fuse-connection-id>GConnId_z</fuse-connection-id>"));
  }

  @Test
  void aFileThatIsDeletedComesBackWithDefaults() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    edit(text().replace("<role>main</role>", "<role>remote</role>"));
    heard.take();
    Files.delete(file);
    products.look();
    products.look();

    assertEquals("main", heard.take().product().value("role"));
    assertTrue(Files.exists(file));
  }

  @Test
  void elementsOfTheMaintainersOwnAreAttributes() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    String own =
        "<os-version>14</os-version><shelf>3; left</shelf><wifi-password>x</wifi-password>"
            + "<rm-cod>RM-1</rm-cod><note>"
            + "y".repeat(300)
            + "</note><Battery> 30 </Battery></product>";
    edit(text().replace("</product>", own));

    var values = heard.take().product().values();
    assertEquals("14", values.get("os-version"));
    assertEquals("3; left", values.get("shelf"));
    assertEquals("30", values.get("battery"));
    assertFalse(values.containsKey("wifi-password"), values.keySet().toString());
    assertFalse(values.containsKey("rm-cod"));
    assertFalse(values.containsKey("note"));
    assertTrue(text().contains(own), "the file stays as it is");
  }

  @Test
  void whatADeviceSaysCountsWhereTheFileSaysNothing() throws Exception {
    var facts =
        Map.of("os-version", "14", "battery", "81", "sn", "SERIAL", "sim1-operator", "Elisa");
    products.connected(Map.of(IMEI, DEVICE.with(facts)));

    var added = heard.take().product();
    assertEquals("14", added.value("os-version"));
    assertEquals("SERIAL", added.value("sn"));
    assertEquals("Elisa", added.value("sim1-operator"));
    assertFalse(text().contains("os-version"), "facts are not written into the file");
    edit(text().replace("</product>", "<os-version>13</os-version><sn>MINE</sn></product>"));

    var changed = heard.take().product();
    assertEquals("13", changed.value("os-version"));
    assertEquals("MINE", changed.value("sn"));
    assertEquals("81", changed.value("battery"));
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    products.connected(Map.of(IMEI, DEVICE));
    var without = heard.take().product();
    assertEquals("13", without.value("os-version"));
    assertEquals("", without.value("battery"));
  }

  @Test
  void theRoleThatADeviceHasBeforeAnybodyEditedItsFileIsWrittenThere() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    assertEquals("main", heard.take().product().value("role"));
    products.connected(Map.of(IMEI, DEVICE.with(Map.of("role", "reference"))));

    assertEquals("reference", heard.take().product().value("role"));
    assertTrue(text().contains("<role>reference</role>"));
    edit(text().replace("<role>reference</role>", "<role>remote</role>"));
    assertEquals("remote", heard.take().product().value("role"));
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    products.connected(Map.of(IMEI, DEVICE.with(Map.of("role", "reference", "battery", "5"))));
    assertEquals("remote", heard.take().product().value("role"));
  }

  @Test
  void factsThatChangeAllTheTimeArePassedOnNowAndThen() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    for (int battery = 99; battery > 0; battery--) {
      products.connected(Map.of(IMEI, DEVICE.with(Map.of("battery", "" + battery))));
    }
    assertEquals("99", heard.take().product().value("battery"));
    products.serviceSaid(BUSY);
    assertEquals("99", heard.take().product().value("battery"));

    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    products.look();
    assertEquals("1", heard.take().product().value("battery"));
    products.connected(Map.of(IMEI, DEVICE.with(Map.of("battery", "0"))));
    products.connected(
        Map.of(
            IMEI,
            new Device("RM-763", "USB9", "GConnId_a", IMEI, "15000", Map.of("battery", "0"))));

    var moved = heard.take().product();
    assertEquals("USB9", moved.value("fuse-connection-name"));
    assertEquals("0", moved.value("battery"));
    assertTrue(heard.isEmpty());
  }

  @Test
  void anEditWhileTheNodeWritesIsNotLost() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    String mine = text().replace("<role>main</role>", "<role>remote</role><!-- mine -->");
    whileWriting.set(() -> Files.writeString(file, mine));

    products.serviceSaid(BUSY);
    assertEquals("nightly_1", heard.take().product().statusDetails());
    assertEquals(mine, text());
    products.look();
    products.look();

    assertEquals("remote", heard.take().product().value("role"));
    assertTrue(text().contains("<role>remote</role><!-- mine -->"));
    assertTrue(text().contains("<status>busy</status>"), "what belongs to the node comes later");
  }

  @Test
  void anEditorThatReplacesTheFileByAnotherIsHeard() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    Path backup = directory.resolve(IMEI + ".xml~");
    Path fresh = directory.resolve("." + IMEI + ".swp");
    String mine = text().replace("<role>main</role>", "<role>remote</role>");
    Files.writeString(fresh, mine);
    Files.move(file, backup);
    products.look();
    Files.move(fresh, file);
    products.look();
    products.look();

    assertEquals("remote", heard.take().product().value("role"));
    assertEquals(mine, text());
    assertTrue(Files.exists(backup), "other files in the directory are nobody's business");
  }

  @Test
  void aHalfWrittenSaveIsNotReadWhileItGrows() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    String mine = text().replace("<role>main</role>", "<role>remote</role>");
    for (int part = 1; part < 4; part++) {
      save(mine.substring(0, mine.length() * part / 4));
      products.lookNow();
    }
    products.serviceSaid(BUSY);
    assertEquals(ProductStatus.BUSY, heard.take().product().status());
    assertTrue(mine.startsWith(text()), "the node does not write while somebody else does");
    edit(mine);

    var changed = heard.take().product();
    assertEquals("remote", changed.value("role"));
    assertEquals(ProductStatus.BUSY, changed.status());
  }

  @Test
  void marksAndLineEndsOfWindowsSurviveWhatTheNodeWrites() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    products.serviceSaid(BUSY);
    heard.take();
    free();
    String windows = "\uFEFF" + text().replaceAll("\r?\n", "\r\n").replace(">main<", ">remote<");
    edit(windows);
    assertEquals("remote", heard.take().product().value("role"));

    products.serviceSaid(BUSY);
    heard.take();
    assertTrue(text().contains("<status>busy</status>\r\n"));
    free();

    assertEquals(windows, text());
  }

  @Test
  void anotherEncodingIsToldWithItsPlaceAndLeftAlone() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    String good = text();
    byte[] latin =
        good.replace("<role>", "<note>Räume</note><role>").getBytes(StandardCharsets.ISO_8859_1);
    edit(latin);

    var disabled = heard.take().product();
    assertEquals(
        "improper configuration: products/"
            + IMEI
            + ".xml line 19, column 12: this is not written in UTF-8; save the file in that"
            + " encoding",
        disabled.statusDetails());
    assertArrayEquals(latin, Files.readAllBytes(file));
    edit(good);
    assertEquals(ProductStatus.FREE, heard.take().product().status());
  }

  @Test
  void aFileOfTenMegabytesDisablesItsProductUnread() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    String good = text();
    edit(good.replace("<product>", "<product><!-- " + "x".repeat(10 << 20) + " -->"));

    assertTrue(
        heard
            .take()
            .product()
            .statusDetails()
            .matches(".*it has 1048\\d+ bytes, more than 1048576"));
    edit(good);
    assertEquals(ProductStatus.FREE, heard.take().product().status());
  }

  @Test
  void aLinkStaysOneAndALinkToNothingIsLeftAlone() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    Path elsewhere = Files.createDirectory(directory.resolve("shared")).resolve("phone.xml");
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    products.look();
    products.look();
    products.serviceSaid(BUSY);
    heard.take();
    assertTrue(Files.isSymbolicLink(file));
    assertTrue(Files.readString(elsewhere).contains("<status>busy</status>"));

    Files.move(elsewhere, directory.resolve("gone"));
    products.look();
    products.look();
    var disabled = heard.take().product();
    assertTrue(
        disabled.statusDetails().endsWith("it is a link to a file that is not there"),
        disabled.statusDetails());
    assertTrue(Files.isSymbolicLink(file));
    assertFalse(Files.exists(elsewhere));
    Files.move(directory.resolve("gone"), elsewhere);
    products.look();
    products.look();
    assertEquals(ProductStatus.BUSY, heard.take().product().status());
  }

  @Test
  void whatIsNoFileIsNotRead() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    Files.delete(file);
    Files.createDirectory(file);
    products.look();
    products.look();

    var disabled = heard.take().product();
    assertTrue(disabled.statusDetails().endsWith("it is no file; put one in its place"));
  }

  @Test
  void aCopyOfAnotherProductsFileDoesNotTakeItsIdentity() throws Exception {
    String other = "004402136230491";
    var second = new Device("RM-980", "USB5", "GConnId_b", other, "15005");
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    edit(text().replace("<role>main</role>", "<role>reference</role>"));
    heard.take();
    Files.copy(file, directory.resolve(other + ".xml"));
    Files.copy(file, directory.resolve("copy of " + IMEI + ".xml"));
    products.connected(Map.of(IMEI, DEVICE, other, second));

    var added = heard.take();
    assertEquals("added", added.what());
    assertEquals(other, added.product().id().imei());
    assertEquals("RM-980", added.product().rmCode());
    assertEquals("reference", added.product().value("role"), "the maintainer's part is taken over");
    String copy = Files.readString(directory.resolve(other + ".xml"));
    assertTrue(copy.contains("<imei>" + other + "</imei>"));
    assertTrue(text().contains("<imei>" + IMEI + "</imei>"));
    assertTrue(heard.isEmpty());
  }

  @Test
  void noHalfWrittenFileIsLeft() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    products.serviceSaid(BUSY);
    heard.take();
    assertFalse(directory.toFile().list().length > 2, String.join(" ", directory.toFile().list()));
  }

  /** The service gives the product back, and a second passes. */
  private void free() throws Exception {
    products.serviceSaid(FREE);
    heard.take();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    products.lookNow();
  }

  private Products startProducts() throws IOException {
    var files =
        new ProductDirectory(
            directory,
            written -> {
              written.force(true);
              whileWriting.getAndSet(() -> {}).run();
            });
    files.create();
    return Products.start(
        files,
        HERE,
        new ProductListener() {
          @Override
          public void onAdded(ProductDescription product) {
            heard.add(new Heard("added", product));
          }

          @Override
          public void onChanged(ProductDescription product) {
            heard.add(new Heard("changed", product));
          }

          @Override
          public void onRemoved(ProductDescription product) {
            heard.add(new Heard("removed", product));
          }
        },
        nanos::get);
  }

  private String text() throws IOException {
    return Files.readString(file);
  }

  /** As an editor does, and with a time of its own, for clocks of file systems are coarse. */
  private void edit(String text) throws IOException {
    edit(text.getBytes(StandardCharsets.UTF_8));
  }

  private void edit(byte[] text) throws IOException {
    save(text);
    products.look();
    products.look();
  }

  private void save(String text) throws IOException {
    save(text.getBytes(StandardCharsets.UTF_8));
  }

  private void save(byte[] text) throws IOException {
    Files.write(file, text);
    edits++;
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L + edits * 2_000));
  }
}

package com.nokia.ci.tas.communicator.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
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

  private record Heard(String what, ProductDescription product) {}

  @TempDir Path directory;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private long edits;
  private Path file;
  private Products products;

  @BeforeEach
  void start() {
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
    products.serviceSaid(FREE);
    heard.take();

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
  void noHalfWrittenFileIsLeft() throws Exception {
    products.connected(Map.of(IMEI, DEVICE));
    heard.take();
    products.serviceSaid(BUSY);
    heard.take();
    assertFalse(directory.toFile().list().length > 2, String.join(" ", directory.toFile().list()));
  }

  private Products startProducts() {
    return Products.start(
        directory,
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
        });
  }

  private String text() throws IOException {
    return Files.readString(file);
  }

  /** As an editor does, and with a time of its own, for clocks of file systems are coarse. */
  private void edit(String text) throws IOException {
    Files.writeString(file, text);
    edits++;
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L + edits * 2_000));
    products.look();
    products.look();
  }
}

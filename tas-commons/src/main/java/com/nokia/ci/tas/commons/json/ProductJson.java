package com.nokia.ci.tas.commons.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.nokia.ci.tas.commons.model.ExtraAttributes;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Role;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Writes the two families of JSON in which products are described to executors ({@code Main.json},
 * {@code product.json}) and to readers of {@code /products}: the only writer of either.
 *
 * <p>All values are strings; what is not known is an empty one. Lines end with a line feed and are
 * indented with tabs. Times stand there only when they are set, a reservation timeout only when it
 * is not six hours, the service only when it is known, connections of the older bridge only when
 * there are any. What a farm says of a product besides stands last, in an object under the names
 * that expressions use, if there is anything.
 */
public final class ProductJson {

  /** The names of the members. */
  public enum Frame {
    /** {@code Imei}, {@code SIM1PhoneNumber}: all on one level. */
    CURRENT,
    /** {@code imei}, {@code sim1.phoneNumber}: SIM cards are objects, there is no environment. */
    DEPRECATED
  }

  /** What becomes of PIN, PUK and security codes. */
  public enum Secrets {
    /** For the node, the executor and the issuer of the reserving test alone. */
    WRITTEN,
    /** The members are there with empty values. */
    EMPTY
  }

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String SIX_HOURS = "21600000";

  private ProductJson() {}

  /** One product. */
  public static String product(ProductDescription product, Frame frame, Secrets secrets) {
    return product(product, frame, secrets, "");
  }

  /**
   * One product.
   *
   * @param indent stands before each line
   */
  public static String product(
      ProductDescription product, Frame frame, Secrets secrets, String indent) {
    ProductDescription shown = secrets == Secrets.EMPTY ? product.withoutSecrets() : product;
    return object(indent, json -> writeProduct(json, shown, frame));
  }

  /**
   * One SIM card, its codes included.
   *
   * @param product whose card it is
   * @param sim 1 or 2
   * @param indent stands before each line
   */
  public static String card(ProductDescription product, int sim, Frame frame, String indent) {
    return object(indent, json -> writeCard(json, product, sim, frame));
  }

  /**
   * What a service answers to {@code GET /products}: the first and the last line are always the
   * same, because readers cut them off by their text. Secrets are empty.
   */
  public static String products(Iterable<ProductDescription> products) {
    return products(products, Secrets.EMPTY);
  }

  /** The same frame with a choice, for the {@code products.json} of an executor. */
  public static String products(Iterable<ProductDescription> products, Secrets secrets) {
    return StreamSupport.stream(products.spliterator(), false)
        .map(product -> product(product, Frame.CURRENT, secrets))
        .collect(Collectors.joining(",\n", "{ \"products\": [\n", "\n] }\n"));
  }

  private static void writeProduct(JsonGenerator json, ProductDescription product, Frame frame)
      throws IOException {
    for (var attribute : ProductAttribute.values()) {
      if (attribute.sim() == 0 && isWritten(product, attribute, frame)) {
        json.writeStringField(name(attribute, frame), value(product, attribute));
      }
    }
    if (frame == Frame.CURRENT) {
      if (product.role() == Role.REFERENCE) {
        json.writeStringField("PhoneNumber", phoneNumber(product));
      }
      writeCard(json, product, 1, frame);
      writeCard(json, product, 2, frame);
    } else {
      for (int sim = 1; sim <= 2; sim++) {
        json.writeObjectFieldStart("sim" + sim);
        writeCard(json, product, sim, frame);
        json.writeEndObject();
      }
    }
    writeExtras(json, product, frame);
  }

  private static void writeExtras(JsonGenerator json, ProductDescription product, Frame frame)
      throws IOException {
    var extras = new TreeMap<>(product.values());
    extras.keySet().removeIf(name -> !ExtraAttributes.isExtra(name));
    if (!extras.isEmpty()) {
      json.writeObjectFieldStart(cased("Attributes", frame));
      for (var extra : extras.entrySet()) {
        json.writeStringField(extra.getKey(), extra.getValue());
      }
      json.writeEndObject();
    }
  }

  private static void writeCard(
      JsonGenerator json, ProductDescription product, int sim, Frame frame) throws IOException {
    for (var attribute : ProductAttribute.values()) {
      if (attribute.sim() == sim) {
        String name = cardName(attribute, frame);
        json.writeStringField(
            frame == Frame.CURRENT ? "SIM" + sim + name : name, product.value(attribute));
      }
    }
  }

  private static boolean isWritten(
      ProductDescription product, ProductAttribute attribute, Frame frame) {
    String value = product.value(attribute);
    return switch (attribute) {
      case RESERVATION_TIME, DISCONNECTION_TIME -> product.time(attribute).toEpochMilli() > 0;
      case RESERVATION_TIMEOUT -> !value.isEmpty() && !value.equals(SIX_HOURS);
      case TAS_HOSTNAME, TAS_PORT -> !value.isEmpty() && !value.equals("0");
      case FUSE_CONNECTION_NAME, FUSE_CONNECTION_ID, TRACE_CONNECTION_ID -> !value.isEmpty();
      case ENVIRONMENT -> frame == Frame.CURRENT;
      default -> true;
    };
  }

  private static String value(ProductDescription product, ProductAttribute attribute) {
    return switch (attribute) {
      case ROLE -> product.role().text();
      case STATUS -> product.status().text();
      default -> product.value(attribute);
    };
  }

  private static String phoneNumber(ProductDescription product) {
    String first = product.value(ProductAttribute.SIM1_PHONE_NUMBER);
    return first.isEmpty() ? product.value(ProductAttribute.SIM2_PHONE_NUMBER) : first;
  }

  private static String name(ProductAttribute attribute, Frame frame) {
    return switch (attribute) {
      case SW_VERSION -> cased("SwVer", frame);
      case FINGERPRINT -> cased("FingerPrint", frame);
      case PRODUCT_CODE -> cased("ProductCode", frame);
      case FUSE_CONNECTION_NAME -> frame == Frame.CURRENT ? "ConnectionName" : "fuseConnectionName";
      case FUSE_CONNECTION_ID -> frame == Frame.CURRENT ? "Connection" : "fuseConnectionId";
      case TRACE_CONNECTION_ID -> frame == Frame.CURRENT ? "TraceConnection" : "traceConnectionId";
      default -> cased(camel(attribute.text()), frame);
    };
  }

  private static String cardName(ProductAttribute attribute, Frame frame) {
    if (frame == Frame.DEPRECATED) {
      return cased(camel(attribute.elementName()), frame);
    }
    return switch (attribute.elementName()) {
      case "pin1", "pin2", "puk1", "puk2" -> camel(attribute.elementName()) + "Code";
      case "service-dialling-number" -> "ServiceNumber";
      case "voice-mailbox-number" -> "VoiceMailNumber";
      default -> camel(attribute.elementName());
    };
  }

  /** {@code rm-code} as {@code RmCode}. */
  private static String camel(String dashed) {
    var name = new StringBuilder(dashed.length());
    for (String word : dashed.split("-", -1)) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return name.toString();
  }

  private static String cased(String capital, Frame frame) {
    return frame == Frame.CURRENT
        ? capital
        : Character.toLowerCase(capital.charAt(0)) + capital.substring(1);
  }

  private static String object(String indent, Members members) {
    var text = new StringWriter(2048);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.setPrettyPrinter(printer());
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory could not be written", e);
    }
    return indent.isEmpty()
        ? text.toString()
        : indent + text.toString().replace("\n", "\n" + indent);
  }

  private static DefaultPrettyPrinter printer() {
    var separators = Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER);
    var printer = new DefaultPrettyPrinter(separators);
    printer.indentObjectsWith(new DefaultIndenter("\t", "\n"));
    return printer;
  }

  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }
}

package com.nokia.ci.tas.commons.xml;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * A product description as a document of its own, such as a product file, or as a block inside
 * another (guide, "Product"). Stateless.
 */
public final class ProductXml {
  private ProductXml() {}

  /**
   * Reads a document whose root is {@code product}. Elements that the guide does not know become
   * attributes under their own name.
   *
   * @throws ProtocolException with a sentence that says what is wrong and in which line
   */
  public static ProductDescription read(byte[] document) {
    return XmlBinding.read(document, Block.PRODUCT_DOCUMENT, ProductBean::new).description();
  }

  /** A whole document, with its declaration, in UTF-8. */
  public static byte[] write(ProductDescription product) {
    var lines = new Lines(Dialect.ESCAPED, "").declaration();
    return ProductWriting.product(lines, product).toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The {@code product} block alone, one element a line, each line ended by a line feed.
   *
   * @param indent what each line begins with
   */
  public static String fragment(ProductDescription product, String indent) {
    return ProductWriting.product(new Lines(Dialect.ESCAPED, indent), product).toString();
  }

  /**
   * The block of one SIM card alone, likewise.
   *
   * @param sim 1 or 2
   */
  public static String card(ProductDescription product, int sim, String indent) {
    return ProductWriting.card(new Lines(Dialect.ESCAPED, indent), product, sim).toString();
  }
}

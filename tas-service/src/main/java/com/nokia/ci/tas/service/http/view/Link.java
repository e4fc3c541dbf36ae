package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;

/**
 * A name that leads to a page.
 *
 * @param text what is read
 * @param address where it leads, encoded
 */
public record Link(String text, String address) {

  static Link to(NodeId node) {
    return new Link(node.toString(), Address.ofNode(node.toString()));
  }

  static Link to(ProductDescription product) {
    String imei = product.id().imei();
    return new Link(imei, Address.ofProduct(imei));
  }

  static Link to(RuntimeId test) {
    return new Link(test.text(), Address.ofTest(test.test().value()));
  }
}

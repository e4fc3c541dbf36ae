package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.PersonsOrder;

/** Orders that are not to be given. */
final class NoOrders implements FarmOrders {
  @Override
  public void stop(TestId test, String who, String why) {
    throw new AssertionError("stop " + test);
  }

  @Override
  public void release(ProductId product, String who, String why) {
    throw new AssertionError("release " + product);
  }

  @Override
  public void order(ProductId product, PersonsOrder order) {
    throw new AssertionError("order on " + product);
  }

  @Override
  public void order(NodeId node, PersonsOrder order) {
    throw new AssertionError("order on " + node);
  }
}

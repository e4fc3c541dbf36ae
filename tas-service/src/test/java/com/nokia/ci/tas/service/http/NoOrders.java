package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.PersonsOrder;

/** Orders that are not to be given. */
final class NoOrders implements FarmOrders {
  @Override
  public void stop(TestId test, String who, String why) {
    throw new AssertionError("stop " + test);
  }

  @Override
  public void prioritise(TestId test, String who, int priority) {
    throw new AssertionError("priority of " + test);
  }

  @Override
  public void runAgain(TestDescription test, ClientId issuer, String who) {
    throw new AssertionError("run again " + test.id());
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

package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.PersonsOrder;

/** Takes to the farm what people want done who may. Nothing here waits. */
public interface FarmOrders {
  /**
   * A test is to end.
   *
   * @param who name of the person
   * @param why in the person's words, may be empty
   */
  void stop(TestId test, String who, String why);

  /**
   * A product is to be free: one that was kept after its test at once, one that a run uses when
   * that run, which is told to end, has ended.
   *
   * @param who name of the person
   * @param why in the person's words
   */
  void release(ProductId product, String who, String why);

  /** What is to become of a product; it sticks. */
  void order(ProductId product, PersonsOrder order);

  /** What is to become of a node; it sticks. */
  void order(NodeId node, PersonsOrder order);
}

package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestDescription;
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
   * A test that has not ended is to have another priority.
   *
   * @param who name of the person
   */
  void prioritise(TestId test, String who, int priority);

  /**
   * A test that has ended is to run once more, for nobody.
   *
   * @param test as it is to run, under an id of its own
   * @param issuer who issued it when it ran before
   * @param who name of the person
   */
  void runAgain(TestDescription test, ClientId issuer, String who);

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

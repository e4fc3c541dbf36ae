package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestId;

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
   * A product that was kept after its test is to be free.
   *
   * @param who name of the person
   * @param why in the person's words
   */
  void release(ProductId product, String who, String why);
}

package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.expression.ExpressionException;
import com.nokia.ci.tas.commons.expression.RequirementParser;
import com.nokia.ci.tas.commons.expression.Requirements;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.Wanted;
import java.util.ArrayList;

/**
 * Understands which products a test asks for, by its expression, else by its list, and which its
 * packages ask for by themselves.
 */
public final class Demands {
  private Demands() {}

  /** What a test asks for, or why that cannot be said. */
  public static Wanted of(TestDescription test) {
    var demand = test.demand();
    if (demand.target() == Target.NOSE) {
      return new Wanted.Understood(Requirement.NO_PRODUCTS);
    }
    try {
      var packages = new ArrayList<Requirement>();
      for (var part : test.execution().packages()) {
        packages.add(
            part.expression().isBlank()
                ? Requirement.NO_PRODUCTS
                : RequirementParser.parse(part.expression()));
      }
      return new Wanted.Understood(requirement(demand), packages);
    } catch (ExpressionException e) {
      return new Wanted.Misunderstood(
          new Reason(Fault.REQUESTER, "bad-required-products", e.getMessage()));
    }
  }

  private static Requirement requirement(TestDemand demand) {
    if (!demand.expression().isBlank()) {
      return RequirementParser.parse(demand.expression());
    }
    return demand.requiredProducts().isEmpty()
        ? Requirement.NO_PRODUCTS
        : Requirements.of(demand.requiredProducts());
  }
}

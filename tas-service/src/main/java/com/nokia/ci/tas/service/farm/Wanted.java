package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.Requirement;
import java.util.Objects;

/**
 * What the edge understood of the products a test asks for; the farm itself parses nothing (guide,
 * "Required products expression", "Required products").
 */
public sealed interface Wanted {

  /**
   * The expression or the list made sense.
   *
   * @param requirement one demand for each product; empty when the test names none
   */
  record Understood(Requirement requirement) implements Wanted {
    public Understood {
      Objects.requireNonNull(requirement, "requirement");
    }
  }

  /**
   * The expression made no sense, or the edge knows another reason why the test is refused.
   *
   * @param reason with a sentence for the issuer
   */
  record Misunderstood(Reason reason) implements Wanted {
    public Misunderstood {
      Objects.requireNonNull(reason, "reason");
    }
  }
}

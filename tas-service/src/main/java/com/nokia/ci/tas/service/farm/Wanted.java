package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.Requirement;
import java.util.List;
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
   * @param packages what each of its packages needs by itself, in their order; empty for one that
   *     needs what the test does. A package beyond the end of the list needs that too
   */
  record Understood(Requirement requirement, List<Requirement> packages) implements Wanted {

    /** What was kept before packages had needs of their own has none. */
    public Understood {
      Objects.requireNonNull(requirement, "requirement");
      packages = packages == null ? List.of() : List.copyOf(packages);
    }

    /** All packages need what the test does. */
    public Understood(Requirement requirement) {
      this(requirement, List.of());
    }

    /** What one of the packages needs. */
    Requirement ofPackage(int number) {
      return number < packages.size() && !packages.get(number).products().isEmpty()
          ? packages.get(number)
          : requirement;
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

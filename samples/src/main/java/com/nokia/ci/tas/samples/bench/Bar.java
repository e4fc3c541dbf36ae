package com.nokia.ci.tas.samples.bench;

/**
 * What a figure has to reach: at least so much where more is better, at most so much where less is.
 *
 * @param limit of what is compared with it
 * @param of what is compared: the ratio to the floor, or the farm's figure itself
 */
record Bar(double limit, Of of) {

  /** What is compared. */
  enum Of {
    NOTHING,
    RATIO,
    VALUE
  }

  /** Nobody has said how good it should be. */
  static final Bar NONE = new Bar(0, Of.NOTHING);

  static Bar ofRatio(double limit) {
    return new Bar(limit, Of.RATIO);
  }

  static Bar ofValue(double limit) {
    return new Bar(limit, Of.VALUE);
  }

  boolean exists() {
    return of != Of.NOTHING;
  }

  /** Whether a figure is good enough; without a bar every one is. */
  boolean holds(double value, double ratio, boolean moreIsBetter) {
    double measured = of == Of.RATIO ? ratio : value;
    return !exists() || (moreIsBetter ? measured >= limit : measured <= limit);
  }
}

package com.nokia.ci.tas.ciproxy.detector;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of a {@link DetectorContract} whose detector keeps it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ContractOf {
  /** Who makes the detector for the bridge. */
  Class<? extends DetectorProvider> value();
}

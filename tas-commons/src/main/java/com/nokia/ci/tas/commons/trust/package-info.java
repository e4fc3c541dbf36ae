/**
 * TLS between the programs of one farm: the farm's own authority, key files, and who trusts whom.
 *
 * <p>Depends on the JDK and on {@code commons.model}. Certificates are made by the service program;
 * here they are read and checked.
 */
package com.nokia.ci.tas.commons.trust;

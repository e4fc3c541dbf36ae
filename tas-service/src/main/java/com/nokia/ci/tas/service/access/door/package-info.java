/**
 * What stands at the port of the service: TLS, the answer to whoever offers a session, and the end
 * of sessions whose keys are no longer good.
 *
 * <p>Depends on {@code service.access} and all below it, on {@code commons.transport} and {@code
 * commons.trust}.
 */
package com.nokia.ci.tas.service.access.door;

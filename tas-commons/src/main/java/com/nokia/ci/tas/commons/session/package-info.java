/**
 * What the two sides of a session say and count, apart from any network: frames and their octets,
 * the welcome, message numbers (docs/session.md, sections 2 to 4).
 *
 * <p>Depends on the JDK and on {@code commons.model} alone: no XML, no network, no clock.
 */
package com.nokia.ci.tas.commons.session;

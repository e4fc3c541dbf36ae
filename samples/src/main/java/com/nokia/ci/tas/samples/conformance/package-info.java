/**
 * The conformance kit: holds the conversations of {@code docs/protocol.md} and {@code
 * docs/session.md} with a peer that somebody else wrote, and says claim by claim whether it keeps
 * to them.
 *
 * <p>Uses sockets and the XML parser of the JDK and nothing of the project, so that a mistake of
 * ours is not repeated here.
 */
package com.nokia.ci.tas.samples.conformance;

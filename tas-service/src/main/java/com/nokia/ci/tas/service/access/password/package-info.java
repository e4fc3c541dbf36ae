/**
 * Passwords of people: rules, hashing with Argon2id, checking with bounded effort.
 *
 * <p>Depends on {@code service.access} and Bouncy Castle.
 */
package com.nokia.ci.tas.service.access.password;

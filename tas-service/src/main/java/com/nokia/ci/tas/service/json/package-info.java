/**
 * The farm as JSON: for programs that ask over HTTP, and for the records of ended tests and of who
 * did what.
 *
 * <p>Never contains a PIN, a PUK or a security code. Depends on {@code commons.model}, {@code
 * service.farm}, {@code service.access} and Jackson.
 */
package com.nokia.ci.tas.service.json;

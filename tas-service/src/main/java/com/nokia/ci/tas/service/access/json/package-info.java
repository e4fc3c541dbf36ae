/**
 * The access book as JSON.
 *
 * <p>Depends on {@code service.access} and on Jackson.
 */
package com.nokia.ci.tas.service.access.json;

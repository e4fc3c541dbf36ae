/**
 * The JSON of products that executors and web pages read (wire facts of the earlier communicator
 * and service).
 *
 * <p>Depends on {@code commons.model} and Jackson's streaming core.
 */
package com.nokia.ci.tas.commons.json;

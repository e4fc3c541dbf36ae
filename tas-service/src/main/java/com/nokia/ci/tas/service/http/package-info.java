/**
 * What a visitor sees of the farm: the status page, JSON, health and metrics on the port of the
 * service (guide, "visit the following address in the browser").
 *
 * <p>Reads published snapshots of {@code service.farm} and the settings in force, and changes
 * nothing. Depends on {@code commons.model}, {@code commons.json}, {@code service.farm}, {@code
 * service.json}, {@code service.settings}, Netty's HTTP codec, Jackson and the page templates.
 */
package com.nokia.ci.tas.service.http;

/**
 * What the pages show, put into words: rows made from a snapshot of the farm, ready for a template.
 *
 * <p>Texts from outside stand here as they came; the templates escape them. Nothing here is secret.
 * Depends on {@code commons.model}, {@code service.farm} and {@code service.settings}.
 */
package com.nokia.ci.tas.service.http.view;

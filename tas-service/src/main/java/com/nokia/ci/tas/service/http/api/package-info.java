/**
 * The interface for programs, {@code /api/v1}, as it is described: the one list of its operations,
 * from which both the routes and the OpenAPI document are made, the problems it answers with, and
 * what may be asked of its lists.
 *
 * <p>Knows neither requests nor the farm's state; {@code service.http} ties the operations to what
 * does them. Depends on {@code commons.model}, {@code service.store}, {@code service.farm} and
 * Jackson.
 */
package com.nokia.ci.tas.service.http.api;

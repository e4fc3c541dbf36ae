/**
 * Between the wire and the farm: messages become events, effects become messages (guide, "Test
 * Automation Service messages").
 *
 * <p>Knows who may speak, whom to answer and how hard to try; decides nothing about tests. Depends
 * on {@code commons} (model, message, expression, transport), {@code service.farm}, {@code
 * service.loop} and {@code service.settings}.
 */
package com.nokia.ci.tas.service.edge;

/**
 * The farm itself: which tests wait, which products are whose, what happens next.
 *
 * <p>A farm takes one {@link com.nokia.ci.tas.service.farm.Event} after another and answers with
 * {@link com.nokia.ci.tas.service.farm.Effect}s. It reads no clock, no random, no file and no
 * socket, and never logs: the same events in the same order give the same effects on any machine.
 * Its state is made of immutable tables, so that an event that throws changes nothing and a {@link
 * com.nokia.ci.tas.service.farm.FarmSnapshot} costs nothing to take.
 *
 * <p>Depends on {@code java.*} and {@code commons.model} alone.
 */
package com.nokia.ci.tas.service.farm;

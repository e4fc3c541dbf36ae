/**
 * What a farm would decide again: the history that a store has kept, decided once more, and what
 * would have been different in another farm.
 *
 * <p>Depends on {@code service.farm}, {@code service.store} and {@code commons}; knows no clock and
 * no database.
 */
package com.nokia.ci.tas.service.replay;

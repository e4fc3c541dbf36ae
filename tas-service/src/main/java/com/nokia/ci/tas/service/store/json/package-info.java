/**
 * How records of the farm become bytes and come back: one shape for each type, found out from the
 * components of the record.
 *
 * <p>What is written names its components, so that a record may gain some, lose some and change
 * their order: one that is missing gets the value that stands for nothing, one that is unknown is
 * skipped. Depends on Jackson's streams, {@code service.farm} and {@code commons.model}.
 */
package com.nokia.ci.tas.service.store.json;

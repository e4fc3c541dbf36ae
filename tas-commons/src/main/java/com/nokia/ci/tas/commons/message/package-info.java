/**
 * What peers say to each other: one record for each type of message (guide, "Test Automation
 * Service messages").
 *
 * <p>Depends on {@code commons.model} alone: no XML, no network.
 */
package com.nokia.ci.tas.commons.message;

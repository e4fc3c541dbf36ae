/**
 * Health tests of a node's own: when a product is due for one, and what came of it, also across
 * restarts.
 *
 * <p>Depends on {@code commons.model} alone.
 */
package com.nokia.ci.tas.communicator.health;

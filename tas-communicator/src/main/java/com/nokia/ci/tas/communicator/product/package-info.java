/**
 * What a node knows of its products: the files that their maintainer and the node share, and the
 * link to the CI proxy that tells which products are connected (guide, "Installing and launching
 * Test Automation Communicator", "Product").
 *
 * <p>Depends on {@code commons.model} and a pull parser; knows nothing of the service and of runs.
 */
package com.nokia.ci.tas.communicator.product;

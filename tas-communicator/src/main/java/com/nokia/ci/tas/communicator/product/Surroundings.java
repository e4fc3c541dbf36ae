package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.Endpoint;

/**
 * What all products of one node have in common.
 *
 * @param service the service they belong to
 * @param host name of this node
 * @param address IP address of this node as text
 */
public record Surroundings(Endpoint service, String host, String address) {}

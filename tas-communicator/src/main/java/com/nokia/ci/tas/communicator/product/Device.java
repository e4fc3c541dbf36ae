package com.nokia.ci.tas.communicator.product;

/**
 * A connected product as the CI proxy tells of it.
 *
 * @param rmCode product type, such as {@code RM-763}
 * @param connectionName name of its FUSE connection
 * @param connectionId id of its FUSE connection
 * @param imei never empty; fit for the name of a file
 * @param port where the proxy exposes it, as text
 */
public record Device(
    String rmCode, String connectionName, String connectionId, String imei, String port) {}

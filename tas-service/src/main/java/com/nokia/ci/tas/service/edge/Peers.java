package com.nokia.ci.tas.service.edge;

/**
 * What the two directions of the edge know together of the peers.
 *
 * @param dialects how to speak to which node
 * @param sessions who has one
 * @param parties who belongs to which run
 */
public record Peers(Dialects dialects, Sessions sessions, RunParties parties) {}

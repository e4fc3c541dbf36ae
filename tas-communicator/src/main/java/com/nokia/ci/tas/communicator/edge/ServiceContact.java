package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.communicator.facts.FactSheet;
import java.time.Clock;
import java.util.Optional;

/**
 * Who speaks to which service, and how.
 *
 * @param service its address
 * @param own the node
 * @param settings how often a plain service is spoken to
 * @param terms of a session; empty: the node speaks plainly
 * @param facts what the node has to tell of itself
 */
record ServiceContact(
    Transport transport,
    Endpoint service,
    OwnAddress own,
    ServiceLinkSettings settings,
    Optional<SessionTerms> terms,
    Clock clock,
    FactSheet facts) {}

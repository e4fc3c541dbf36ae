package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the links to all clients share.
 *
 * @param service through which clients are reached that cannot be reached otherwise
 * @param own this node
 * @param terms of sessions with clients
 * @param receiver takes what clients say over them
 * @param known completes when it is known how the service is spoken to; nothing is said before
 */
record LinkContext(
    Transport transport,
    Endpoint service,
    OwnAddress own,
    SessionTerms terms,
    MessageReceiver receiver,
    ScheduledExecutorService timer,
    CompletableFuture<Void> known) {}

package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import java.util.concurrent.CompletableFuture;

/** {@link Transport#sendFile} alone: all that passing a file on needs of the network. */
@FunctionalInterface
interface FileSending {
  CompletableFuture<Long> sendFile(Endpoint to, FileOperation put, FileSource source);
}

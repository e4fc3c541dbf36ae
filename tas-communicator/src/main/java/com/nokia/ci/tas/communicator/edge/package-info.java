/**
 * Where a node meets its peers: messages become events of the core, its effects become messages,
 * processes and files. Threads, retries and who may say what live here.
 */
package com.nokia.ci.tas.communicator.edge;

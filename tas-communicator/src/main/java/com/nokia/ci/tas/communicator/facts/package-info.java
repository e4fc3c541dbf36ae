/**
 * What a node tells of its machine and of itself for people to look at: one interface for whatever
 * part has something to tell, and the sheet that gathers it. Uses {@code commons.model} only.
 */
package com.nokia.ci.tas.communicator.facts;

/**
 * The Java example of the guide: its listing, and a program that compiles it against the client's
 * jar and runs it on a farm.
 *
 * <p>Sees {@code samples.farm} and nothing else of the project; the listing sees the published
 * client.
 */
package com.nokia.ci.tas.samples.guide;

/**
 * Tests on a farm as a part of a Maven build.
 *
 * <p>Depends on the library of the client, Maven's API for plug-ins and SLF4J.
 */
package com.nokia.ci.tas.maven;

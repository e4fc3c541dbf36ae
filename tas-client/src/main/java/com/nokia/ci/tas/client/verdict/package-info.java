/**
 * What a test found out: PASS, FAIL or ERROR beside the guide's statuses, read from what its
 * executor left (JUnit XML, the Test Anything Protocol, or nothing but its exit code), with a code
 * and whose fault it was.
 *
 * <p>Sees {@code commons.model} and {@code commons.xml}; nothing of the rest of the client. Results
 * are bytes from outside: everything that is read of them is bounded, nothing is unpacked to disk.
 */
package com.nokia.ci.tas.client.verdict;

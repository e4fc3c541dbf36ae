/**
 * The command line beside the service: {@code tas keys}.
 *
 * <p>Works on the files of a service, whether that runs or not. Depends on picocli and on {@code
 * service.access} and what is below it.
 */
package com.nokia.ci.tas.service.cli;

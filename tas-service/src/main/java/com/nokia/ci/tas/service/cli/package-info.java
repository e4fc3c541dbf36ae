/**
 * The command lines beside the service: {@code tas keys}, {@code tas users}, {@code tas projects}.
 *
 * <p>Works on the files of a service, whether that runs or not. Depends on picocli and on {@code
 * service.access} and what is below it.
 */
package com.nokia.ci.tas.service.cli;

/**
 * The service as a program: arguments, start and end (guide, "Installing and launching Test
 * Automation Service").
 *
 * <p>Puts the parts together and knows them all; nothing depends on it.
 */
package com.nokia.ci.tas.service;

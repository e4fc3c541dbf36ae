/**
 * The settings of a service: {@code configuration.dat}, the arguments that beat it, and what is in
 * force (guide, "Installing and launching Test Automation Service").
 *
 * <p>Depends on {@code commons.model}, {@code commons.launch} and the settings of {@code
 * service.farm}.
 */
package com.nokia.ci.tas.service.settings;

/**
 * What others add to a service: distributions from jars in the directory {@code plugins}.
 *
 * <p>Depends on the farm and {@code commons.model}. Nothing that is added runs on a thread of the
 * farm.
 */
package com.nokia.ci.tas.service.plugin;

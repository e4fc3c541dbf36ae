/**
 * What a farm knows of its keys and people, kept in files below {@code store/PORT}.
 *
 * <p>The service and the command line write the same files, also at once. Depends on {@code
 * service.access}, its JSON, and {@code commons.launch} for watching files.
 */
package com.nokia.ci.tas.service.access.store;

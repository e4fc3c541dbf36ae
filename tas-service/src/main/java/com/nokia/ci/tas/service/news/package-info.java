/**
 * What happens on a farm, as a numbered stream of news: made from published snapshots on a thread
 * of its own, kept in a bounded buffer, read by event streams and webhooks. Never slows the farm.
 *
 * <p>Depends on {@code commons.model}, {@code service.farm} and {@code service.json}.
 */
package com.nokia.ci.tas.service.news;

package com.nokia.ci.tas.service.webhook;

/**
 * What became of the events for webhooks since the service started.
 *
 * @param hooks how many there are
 * @param delivered events that a receiver took
 * @param failed tries that came to nothing; the event is tried again
 * @param waiting events on disk that nobody has taken yet
 */
public record WebhookCounts(int hooks, long delivered, long failed, long waiting) {
  /** There are no hooks. */
  public static final WebhookCounts NONE = new WebhookCounts(0, 0, 0, 0);

  WebhookCounts plus(WebhookCounts other) {
    return new WebhookCounts(
        hooks + other.hooks,
        delivered + other.delivered,
        failed + other.failed,
        waiting + other.waiting);
  }
}

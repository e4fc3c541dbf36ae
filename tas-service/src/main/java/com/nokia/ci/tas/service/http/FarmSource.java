package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.webhook.WebhookCounts;
import java.util.List;

/**
 * Where pages find what they show. Asked anew for each page, by several threads.
 *
 * <p>A snapshot that was published may be read for as long as one likes; nothing here blocks but
 * what is asked of history.
 */
public interface FarmSource {
  /** The farm as it was published last. */
  FarmSnapshot farm();

  /** The settings in force. */
  Configuration configuration();

  /**
   * One sentence for each line of the settings file that is not in force, and for each service on
   * the same store that lets others in.
   */
  List<String> complaints();

  /** The tests that ended, as far back as they are kept; reading takes its time. */
  History history();

  /** Sessions, and what was relayed. */
  LineCounts lines();

  /** What the nodes of tests keep. */
  RunFiles files();

  /** What became of the events for webhooks. */
  WebhookCounts webhooks();

  /** What a node has told of its machine; nothing when it has not. */
  NodeFacts facts(NodeId node);

  /** How good the estimates were that waiting tests were given. */
  EstimateCounts estimates();

  /** How long the service takes for what it does. */
  Timings timings();

  /** Whether the farm still takes events: what a health check wants to know. */
  boolean isAlive();
}

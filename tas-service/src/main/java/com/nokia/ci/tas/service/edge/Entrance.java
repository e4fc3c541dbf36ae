package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.settings.Setting;
import java.util.function.Supplier;

/**
 * Who may come in, and how many from one machine. Safe for any thread.
 *
 * @param admission who may speak plainly
 * @param nodes how many nodes
 * @param clients how many clients
 */
public record Entrance(Admission admission, Crowd nodes, Crowd clients) {

  /**
   * An entrance under the settings as they are in force.
   *
   * @param farm as it was published last: who is still there
   */
  public static Entrance of(
      Admission admission,
      Supplier<Configuration> settings,
      Supplier<FarmSnapshot> farm,
      Sessions sessions) {
    return new Entrance(
        admission,
        new Crowd(
            Setting.NODES_PER_ADDRESS,
            () -> settings.get().number(Setting.NODES_PER_ADDRESS),
            new Crowd.Presence(
                it -> farm.get().node(new NodeId(it)).isPresent(), sessions::isKept)),
        new Crowd(
            Setting.CLIENTS_PER_ADDRESS,
            () -> settings.get().number(Setting.CLIENTS_PER_ADDRESS),
            new Crowd.Presence(it -> farm.get().hasClient(new ClientId(it)), sessions::isKept)));
  }
}

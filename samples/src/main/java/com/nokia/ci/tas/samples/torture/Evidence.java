package com.nokia.ci.tas.samples.torture;

import com.nokia.ci.tas.samples.torture.Journal.Entry;
import java.util.List;

/**
 * All that was seen of a farm from outside.
 *
 * @param notes of the executors, in the order in which they were written
 * @param clients each life of each client
 * @param afterwards sentences about what was not as it should be when all had come to rest
 */
record Evidence(List<RunNote> notes, List<ClientLife> clients, List<String> afterwards) {
  Evidence {
    notes = List.copyOf(notes);
    clients = List.copyOf(clients);
    afterwards = List.copyOf(afterwards);
  }

  /**
   * What a client wrote from its start to its end.
   *
   * @param name of this life
   * @param entries in the order in which they were written
   * @param wasKilled whether it may have been told of ends without writing them down, or have died
   *     before it could be told
   */
  record ClientLife(String name, List<Entry> entries, boolean wasKilled) {
    ClientLife {
      entries = List.copyOf(entries);
    }
  }
}

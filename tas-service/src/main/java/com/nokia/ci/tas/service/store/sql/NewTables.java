package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.StoreException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Makes the tables of a new file of SQLite in one transaction, from the scripts of {@link
 * Migrations}, and notes the scripts as the library does that runs those of later releases. To have
 * the library do it took a quarter of the first start of a service.
 */
final class NewTables {
  private static final String HISTORY =
      "create table tas_schema_history (installed_rank int not null primary key,"
          + " version varchar(50), description varchar(200) not null, type varchar(20) not null,"
          + " script varchar(1000) not null, checksum int, installed_by varchar(100) not null,"
          + " installed_on text not null default (strftime('%Y-%m-%d %H:%M:%f','now')),"
          + " execution_time int not null, success boolean not null);\n"
          + "create index tas_schema_history_s_idx on tas_schema_history (success);\n";

  private NewTables() {}

  /**
   * Makes them; a kill leaves none of them, and then they are for the library to make.
   *
   * @throws StoreException when the file does not take them
   */
  static void make(Sqlite file) {
    try (var connection = file.source().getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(script(file)); // which takes several statements, unlike execute
    } catch (SQLException e) {
      throw file.failure("preparing its tables", e);
    } catch (IOException | URISyntaxException e) {
      throw new StoreException(file.place() + " cannot be prepared: " + e, e);
    }
  }

  private static String script(Sqlite file) throws IOException, URISyntaxException {
    var all = new StringBuilder("begin immediate;\n").append(HISTORY);
    int rank = 0;
    for (var script : inOrder(file).entrySet()) {
      String name = script.getKey();
      String text = text(script.getValue() + name);
      all.append(withWords(text, file.words())).append('\n');
      all.append("insert into tas_schema_history (installed_rank, version, description, type,")
          .append(" script, checksum, installed_by, execution_time, success) values (")
          .append(++rank)
          .append(", '")
          .append(version(name))
          .append("', '")
          .append(name.substring(name.indexOf("__") + 2, name.indexOf('.')).replace('_', ' '))
          .append("', 'SQL', '")
          .append(name)
          .append("', ")
          .append(checksum(text))
          .append(", '', 0, 1);\n");
    }
    return all.append("commit;\n").toString();
  }

  /** The names of the scripts and where they are, by version. */
  private static Map<String, String> inOrder(Sqlite file) throws IOException, URISyntaxException {
    var found = new TreeMap<String, String>(Comparator.comparingInt(NewTables::version));
    for (String folder : new String[] {Migrations.COMMON, file.folder()}) {
      Migrations.scripts(folder).forEach(name -> found.put(name, Migrations.FOLDER + folder + "/"));
    }
    return found;
  }

  private static int version(String name) {
    return Integer.parseInt(name.substring(1, name.indexOf("__")));
  }

  private static String text(String place) throws IOException {
    try (var in = NewTables.class.getClassLoader().getResourceAsStream(place)) {
      if (in == null) {
        throw new FileNotFoundException(place);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String withWords(String text, Map<String, String> words) {
    String result = text;
    for (var word : words.entrySet()) {
      result = result.replace("${" + word.getKey() + "}", word.getValue());
    }
    return result;
  }

  /** As the library takes it: of the lines without their ends. */
  private static int checksum(String text) {
    var sum = new CRC32();
    text.lines().forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) sum.getValue();
  }
}

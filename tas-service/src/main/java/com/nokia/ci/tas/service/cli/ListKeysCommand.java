package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.keys.FarmKeys;
import com.nokia.ci.tas.service.access.store.LastUse;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the keys of the farm, without secrets. */
@Command(
    name = "list",
    description = "Lists the keys of the farm and until when they are good.",
    footer = {"", "Example:", "  tas keys list --port 31415"})
final class ListKeysCommand implements Callable<Integer> {
  private static final String ROW = "%-10s %-7s %-10s %-16s %-16s %-9s %s";
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoreOption store = new StoreOption();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    FarmKeys keys = store.keys();
    Optional<Instant> end = keys.serviceEnd();
    if (end.isEmpty()) {
      out.println("The farm has no keys; make them with: tas keys");
      return KeysProgram.DONE;
    }
    out.println("Service: certificate good until " + MINUTE.format(end.get()) + " (times are UTC)");
    out.println();
    out.println(row("KEY", "KIND", "ROLE", "EXPIRES", "LAST USED", "STATE", "LABEL"));
    Map<KeyId, Instant> used = LastUse.in(store.store()).read();
    for (var key : keys.list()) {
      out.println(
          row(
              key.id().value(),
              key.kind().text(),
              key.grant().role().map(AccessRole::text).orElse("-"),
              MINUTE.format(key.life().expires()),
              Optional.ofNullable(used.get(key.id())).map(MINUTE::format).orElse("-"),
              state(key.life(), Instant.now()),
              label(key)));
    }
    return KeysProgram.DONE;
  }

  private static String label(AccessKey key) {
    var label = new StringBuilder(key.label());
    key.grant().project().ifPresent(it -> label.append(" [project ").append(it).append(']'));
    key.grant().user().ifPresent(it -> label.append(" [user ").append(it).append(']'));
    return label.toString();
  }

  private static String state(AccessKey.Life life, Instant now) {
    if (life.revoked().isPresent()) {
      return "revoked";
    }
    return life.hasExpired(now) ? "expired" : "good";
  }

  private static String row(String... cells) {
    return ROW.formatted((Object[]) cells).stripTrailing();
  }
}

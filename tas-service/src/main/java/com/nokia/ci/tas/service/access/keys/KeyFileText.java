package com.nokia.ci.tas.service.access.keys;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.trust.FarmKey;
import com.nokia.ci.tas.commons.trust.Pem;
import com.nokia.ci.tas.service.access.AccessKey;
import java.util.Optional;

/** The text of a key file, as {@link FarmKey#read} understands it. */
final class KeyFileText {
  private KeyFileText() {}

  static String of(AccessKey key, FarmKey secrets) {
    var text = new StringBuilder();
    text.append("# Key file of a test farm. Whoever has it gets in: keep it secret, mode 600.\n");
    text.append(use(key.kind()));
    line(text, "kind", Optional.of(key.kind().text()));
    line(text, "key", Optional.of(key.id()));
    line(text, "label", Optional.of(key.label()).filter(it -> !it.isBlank()));
    line(text, "role", key.grant().role().map(AccessRole::text));
    line(text, "project", key.grant().project());
    line(text, "user", key.grant().user());
    line(text, "expires", Optional.of(key.life().expires()));
    line(text, "token", secrets.token());
    secrets
        .identity()
        .ifPresent(own -> text.append(Pem.text(own.key())).append(Pem.text(own.certificate())));
    return text.append(Pem.text(secrets.authority())).toString();
  }

  private static String use(AccessKey.Kind kind) {
    return switch (kind) {
      case NODE -> "# For a node: start the communicator with FarmKey=FILE, or set TAS_FARM_KEY.\n";
      case CLIENT -> "# For a client: give it --farm-key FILE, or set TAS_FARM_KEY.\n";
    };
  }

  private static void line(StringBuilder text, String key, Optional<?> value) {
    value.ifPresent(it -> text.append(key).append('=').append(it).append('\n'));
  }
}

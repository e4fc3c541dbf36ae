package com.nokia.ci.tas.service.access.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.AccessKey;
import java.util.Optional;
import java.util.regex.Pattern;

/** One key as a JSON object. */
final class KeyFields {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private KeyFields() {}

  static ObjectNode write(ObjectNode object, AccessKey key) {
    object.put("id", key.id().value());
    object.put("kind", key.kind().text());
    object.put("label", key.label());
    object.put("tokenSha256", key.proof().tokenSha256());
    Fields.put(object, "certificateSha256", key.proof().certificateSha256());
    Fields.put(object, "role", key.grant().role().map(AccessRole::text));
    Fields.put(object, "project", key.grant().project());
    Fields.put(object, "user", key.grant().user());
    Fields.put(object, "made", Optional.of(key.life().made()));
    Fields.put(object, "expires", Optional.of(key.life().expires()));
    Fields.put(object, "revoked", key.life().revoked());
    return object;
  }

  static AccessKey read(JsonNode object) {
    String id = Fields.text(object, "id");
    try {
      return new AccessKey(
          new KeyId(id),
          Fields.word(object, "kind", AccessKey.Kind::of)
              .orElseThrow(() -> new IllegalArgumentException("\"kind\" is missing")),
          Fields.optional(object, "label").orElse(""),
          new AccessKey.Proof(
              digest(Fields.text(object, "tokenSha256")),
              Fields.optional(object, "certificateSha256").map(KeyFields::digest)),
          new AccessKey.Grant(
              Fields.word(object, "role", AccessRole::of),
              Fields.optional(object, "project").map(ProjectId::new),
              Fields.optional(object, "user").map(UserId::new)),
          new AccessKey.Life(
              Fields.someTime(object, "made"),
              Fields.someTime(object, "expires"),
              Fields.time(object, "revoked")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("key " + id + ": " + e.getMessage(), e);
    }
  }

  private static String digest(String text) {
    if (!DIGEST.matcher(text).matches()) {
      throw new IllegalArgumentException("a digest is not of 64 hexadecimal digits");
    }
    return text;
  }
}

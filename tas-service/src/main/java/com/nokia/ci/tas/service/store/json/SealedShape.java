package com.nokia.ci.tas.service.store.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The shape of a sealed interface: the object of one of its records, and first in it a word for
 * which. The word is the name of the record in kebab case.
 */
final class SealedShape implements Shape {
  private static final SerializedString TYPE = new SerializedString("type");

  private record Case(String word, RecordShape shape) {}

  private final Class<?> type;
  private final Map<Class<?>, Case> byClass = new HashMap<>();
  private final Map<String, Case> byWord = new HashMap<>();

  SealedShape(Class<?> type, Function<Class<?>, RecordShape> shapes) {
    this.type = type;
    take(type, shapes);
  }

  private void take(Class<?> sealed, Function<Class<?>, RecordShape> shapes) {
    for (var permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        take(permitted, shapes);
        continue;
      }
      var one = new Case(word(permitted), shapes.apply(permitted));
      byClass.put(permitted, one);
      if (byWord.put(one.word(), one) != null || one.shape().names().contains(TYPE.getValue())) {
        throw new IllegalStateException(permitted + " cannot be told by its word");
      }
    }
  }

  /** The words of all its records, in their order. */
  Set<String> words() {
    return new TreeSet<>(byWord.keySet());
  }

  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    var one = byClass.get(value.getClass());
    out.writeStartObject();
    out.writeFieldName(TYPE);
    out.writeString(one.word());
    one.shape().writeComponents(out, value);
    out.writeEndObject();
  }

  @Override
  public Object read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT || !in.nextFieldName(TYPE)) {
      throw new Misfit(in, "the type of a " + type.getSimpleName() + " is missing");
    }
    String word = in.nextTextValue();
    var one = byWord.get(word);
    if (one == null) {
      throw new Misfit(in, word + " is no " + type.getSimpleName() + " that is known");
    }
    return one.shape().readComponents(in);
  }

  @Override
  public Optional<Object> nothing() {
    return Optional.empty();
  }

  private static String word(Class<?> type) {
    return type.getSimpleName()
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .toLowerCase(java.util.Locale.ROOT);
  }
}

package com.nokia.ci.tas.service.store.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The shape of a record: an object with its components by name. A component that says nothing is
 * not written, unless the record has defaults that say more. A record that is an id of one
 * component is written as that component.
 */
final class RecordShape implements Shape {
  private final Class<?> type;
  private final Constructor<?> constructor;
  private final Component[] components;
  private final Map<String, Integer> places = new HashMap<>();
  private final boolean isId;
  private final Optional<Object> nothing;
  private volatile Handles handles;

  /**
   * The quick ways into and out of a record.
   *
   * @param constructor takes an array of all components
   * @param accessors one for each component
   */
  private record Handles(MethodHandle constructor, MethodHandle[] accessors) {}

  /**
   * A component.
   *
   * @param nothing what it is when it is not written; null: it has to be
   * @param omitted whether that is left out when writing
   */
  private record Component(
      SerializedString name, Method accessor, Shape shape, Object nothing, boolean omitted) {}

  /**
   * Finds out the shape of a record.
   *
   * @param defaults what a component that is missing is taken from
   * @param shapes the shapes of other types
   */
  RecordShape(Class<?> type, Optional<Object> defaults, Function<Type, Shape> shapes) {
    this.type = type;
    var found = type.getRecordComponents();
    components = new Component[found.length];
    try {
      for (int i = 0; i < found.length; i++) {
        components[i] = component(found[i], defaults, shapes.apply(found[i].getGenericType()));
        places.put(found[i].getName(), i);
      }
      constructor = constructor(type, found);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be taken apart", e);
    }
    isId = components.length == 1 && Comparable.class.isAssignableFrom(type);
    nothing = defaults.or(this::blank);
  }

  private static Component component(RecordComponent found, Optional<Object> defaults, Shape shape)
      throws ReflectiveOperationException {
    var accessor = found.getAccessor();
    accessor.setAccessible(true);
    Object given = defaults.isPresent() ? accessor.invoke(defaults.get()) : null;
    return new Component(
        new SerializedString(found.getName()),
        accessor,
        shape,
        given != null ? given : shape.nothing().orElse(null),
        given == null && shape.nothing().isPresent() && !(shape instanceof RecordShape));
  }

  private static Constructor<?> constructor(Class<?> type, RecordComponent... components)
      throws ReflectiveOperationException {
    Constructor<?> canonical =
        type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    canonical.setAccessible(true);
    return canonical;
  }

  /**
   * Made when the first record of this type is written or read. The Java machine makes a class for
   * each form that a handle has: to make all of them in advance took a seventh of the start of a
   * service, which needs a few. Two threads may both make them, which changes nothing.
   */
  private Handles handles() {
    Handles made = handles;
    if (made == null) {
      made = newHandles();
      handles = made;
    }
    return made;
  }

  private Handles newHandles() {
    try {
      var accessors = new MethodHandle[components.length];
      for (int i = 0; i < accessors.length; i++) {
        accessors[i] =
            MethodHandles.lookup()
                .unreflect(components[i].accessor())
                .asType(MethodType.methodType(Object.class, Object.class));
      }
      return new Handles(
          MethodHandles.lookup()
              .unreflectConstructor(constructor)
              .asSpreader(Object[].class, components.length)
              .asType(MethodType.methodType(Object.class, Object[].class)),
          accessors);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(type + " cannot be taken apart", e);
    }
  }

  /** A record none of whose components says anything, if there can be one. */
  private Optional<Object> blank() {
    var values = Arrays.stream(components).map(Component::nothing).toArray();
    if (Arrays.stream(values).anyMatch(Objects::isNull)) {
      return Optional.empty();
    }
    try {
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException notLikeThat) {
      if (notLikeThat.getCause() instanceof RuntimeException) {
        return Optional.empty();
      }
      throw new IllegalStateException(notLikeThat);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    if (isId) {
      components[0].shape().write(out, content(0, value));
      return;
    }
    out.writeStartObject();
    writeComponents(out, value);
    out.writeEndObject();
  }

  void writeComponents(JsonGenerator out, Object value) throws IOException {
    for (int i = 0; i < components.length; i++) {
      var component = components[i];
      Object content = content(i, value);
      if (content == null) {
        throw new IOException(type.getSimpleName() + "." + component.name() + " is null");
      }
      if (!(component.omitted() && content.equals(component.nothing()))) {
        out.writeFieldName(component.name());
        component.shape().write(out, content);
      }
    }
  }

  @Override
  public Object read(JsonParser in) throws IOException {
    if (isId) {
      return made(in, new Object[] {components[0].shape().read(in)});
    }
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new Misfit(in, type.getSimpleName() + " is missing");
    }
    return readComponents(in);
  }

  /** Reads the rest of an object. */
  Object readComponents(JsonParser in) throws IOException {
    var values = new Object[components.length];
    int next = 0;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      int place = place(name, next);
      in.nextToken();
      if (place < 0) {
        in.skipChildren();
      } else {
        values[place] = components[place].shape().read(in);
        next = place + 1;
      }
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        values[i] = components[i].nothing();
        if (values[i] == null) {
          throw new Misfit(
              in, type.getSimpleName() + " has no " + components[i].name() + ", but needs one");
        }
      }
    }
    return made(in, values);
  }

  @Override
  public Optional<Object> nothing() {
    return nothing;
  }

  List<String> names() {
    return Arrays.stream(components).map(component -> component.name().getValue()).toList();
  }

  private int place(String name, int next) {
    for (int i = next; i < components.length && i <= next + 1; i++) {
      if (components[i].name().getValue().equals(name)) {
        return i;
      }
    }
    return places.getOrDefault(name, -1);
  }

  private Object content(int place, Object value) {
    try {
      return (Object) handles().accessors()[place].invokeExact(value);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private Object made(JsonParser in, Object[] values) throws IOException {
    try {
      return (Object) handles().constructor().invokeExact(values);
    } catch (RuntimeException e) {
      throw new Misfit(in, type.getSimpleName() + " cannot be: " + e.getMessage(), e);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}

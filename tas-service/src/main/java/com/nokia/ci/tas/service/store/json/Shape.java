package com.nokia.ci.tas.service.store.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Optional;

/** How the values of one type are written and read. Safe for several threads. */
interface Shape {

  /** Writes a value of this type. */
  void write(JsonGenerator out, Object value) throws IOException;

  /** Reads a value; the parser stands on its first token and is left on its last. */
  Object read(JsonParser in) throws IOException;

  /** The value that need not be written; empty when every value has to be. */
  Optional<Object> nothing();
}

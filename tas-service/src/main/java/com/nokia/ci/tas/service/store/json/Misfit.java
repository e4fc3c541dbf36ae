package com.nokia.ci.tas.service.store.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

/** What is written is not what its type asks for. */
final class Misfit extends JsonProcessingException {
  private static final long serialVersionUID = 1L;

  /** Where the parser stands now. */
  Misfit(JsonParser in, String message) {
    super(message, in.currentTokenLocation());
  }

  Misfit(JsonParser in, String message, Throwable cause) {
    super(message, in.currentTokenLocation(), cause);
  }
}

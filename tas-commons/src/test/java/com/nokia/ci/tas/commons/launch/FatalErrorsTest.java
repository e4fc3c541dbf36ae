package com.nokia.ci.tas.commons.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FatalErrorsTest {
  private final List<String> ends = new ArrayList<>();

  @Test
  void wantOfMemoryEndsTheProgram() {
    FatalErrors.ended(new Thread("loop"), new OutOfMemoryError("Java heap space"), this::end);

    assertEquals(List.of("ended"), ends);
  }

  @Test
  void anExceptionEndsNothingButItsThread() {
    FatalErrors.ended(new Thread("loop"), new IllegalStateException("a defect"), this::end);

    assertEquals(List.of(), ends);
  }

  private void end() {
    ends.add("ended");
  }
}

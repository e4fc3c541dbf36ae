package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ByteSizeTest {
  @Test
  void sizesAreReadWithAndWithoutUnits() {
    assertEquals(size(0), ByteSize.of("0"));
    assertEquals(size(65_536), ByteSize.of(" 65536 "));
    assertEquals(size(2L << 30), ByteSize.of("2G"));
    assertEquals(size(2L << 30), ByteSize.of("2 gb"));
    assertEquals(size(2L << 30), ByteSize.of("2GiB"));
    assertEquals(size(3L << 29), ByteSize.of("1.5g"));
    assertEquals(size(7L << 10), ByteSize.of("7k"));
    assertEquals(size(1L << 40), ByteSize.of("1T"));
  }

  @Test
  void whatIsNoSizeIsNone() {
    for (var text :
        List.of("", "G", "-1", "1,5G", "2X", "1.G", "2 G B", "999999999999999T", "0x10")) {
      assertEquals(Optional.empty(), ByteSize.of(text), text);
    }
  }

  @Test
  void aSizeIsShownInItsLargestUnit() {
    assertEquals("0 bytes", new ByteSize(0).toString());
    assertEquals("1023 bytes", new ByteSize(1023).toString());
    assertEquals("1 KB", new ByteSize(1024).toString());
    assertEquals("64 KB", new ByteSize(65_536).toString());
    assertEquals("1.5 GB", new ByteSize(3L << 29).toString());
    assertEquals("2 TB", new ByteSize(2L << 40).toString());
    assertEquals("8388607.9 TB", new ByteSize(Long.MAX_VALUE).toString());
  }

  private static Optional<ByteSize> size(long bytes) {
    return Optional.of(new ByteSize(bytes));
  }
}

package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.Test;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code flash} or {@code nose}. */
final class TargetConverter implements ITypeConverter<Test.Target> {
  @Override
  public Test.Target convert(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "flash" -> Test.Target.FLASH;
      case "nose" -> Test.Target.NOSE;
      default -> throw new TypeConversionException("\"" + word + "\" is neither flash nor nose");
    };
  }
}

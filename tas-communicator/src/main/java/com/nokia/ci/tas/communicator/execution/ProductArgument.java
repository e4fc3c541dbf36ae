package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.SafeName;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How a reserved product is named on the executor's command line. */
public enum ProductArgument {
  /** {@code main:/absolute/products/004402136230483.xml}, as scripts of the guide expect. */
  FILE {
    @Override
    String text(ProductDescription product, Path productsDirectory) {
      String imei = product.id().imei();
      SafeName.complaint("IMEI", imei)
          .ifPresent(
              sentence -> {
                throw new ExecutionException(sentence);
              });
      return product.role().text()
          + ":"
          + productsDirectory.toAbsolutePath().normalize().resolve(imei + ".xml");
    }
  },
  /** The serial number, for scripts that call {@code adb}; the IMEI when there is none. */
  SERIAL_NUMBER {
    @Override
    String text(ProductDescription product, Path productsDirectory) {
      String serialNumber = product.value(ProductAttribute.SN);
      return serialNumber.isEmpty() ? product.id().imei() : serialNumber;
    }
  };

  abstract String text(ProductDescription product, Path productsDirectory);

  /** The word used in settings. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads the word used in settings, in any case. */
  public static Optional<ProductArgument> of(String word) {
    for (var value : values()) {
      if (value.text().equalsIgnoreCase(word.strip())) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}

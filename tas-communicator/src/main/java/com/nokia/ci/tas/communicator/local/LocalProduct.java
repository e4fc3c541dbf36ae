package com.nokia.ci.tas.communicator.local;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.Role;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.xml.ProductXml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A product that a local run gets: one of a node's product files, or one written by hand.
 *
 * @param description what it says, in the role that it was given
 * @param file its text, as the executor finds it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record LocalProduct(ProductDescription description, byte[] file) {

  /**
   * Reads {@code [ROLE:]FILE}.
   *
   * @throws SettingsException when there is no such product
   */
  static LocalProduct of(String option) {
    int colon = option.indexOf(':');
    Optional<Role> role = colon < 0 ? Optional.empty() : Role.of(option.substring(0, colon));
    Path path = Path.of(role.isPresent() ? option.substring(colon + 1) : option);
    try {
      byte[] file = Files.readAllBytes(path);
      var read = ProductXml.read(file);
      SafeName.complaint("IMEI", read.id().imei())
          .ifPresent(
              complaint -> {
                throw new SettingsException("product file " + path + ": " + complaint);
              });
      return role.filter(it -> it != read.role())
          .map(it -> in(it, read))
          .orElseGet(() -> new LocalProduct(read, file));
    } catch (IOException e) {
      throw new SettingsException("product file " + path + " cannot be read", e);
    } catch (ProtocolException e) {
      throw new SettingsException("product file " + path + ": " + e.getMessage(), e);
    }
  }

  private static LocalProduct in(Role role, ProductDescription product) {
    var changed = product.with(Map.of("role", role.text()));
    return new LocalProduct(changed, ProductXml.write(changed));
  }
}

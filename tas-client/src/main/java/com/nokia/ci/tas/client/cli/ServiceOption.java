package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.IssuerSettings;
import com.nokia.ci.tas.client.internal.Speech;
import com.nokia.ci.tas.client.internal.http.FarmEvents;
import com.nokia.ci.tas.client.internal.http.TestEnds;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.StandIns;
import com.nokia.ci.tas.commons.trust.FarmKey;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which service, and where this program can be dialled back. */
final class ServiceOption {
  @Option(
      names = "--service",
      required = true,
      paramLabel = "HOST:PORT",
      split = ",",
      converter = EndpointConverter.class,
      description = {
        "The service, for example farm.example.com:31415.",
        "With a stand-by: both, with a comma between them."
      })
  private List<Endpoint> services = List.of();

  @Option(
      names = "--client-hostname",
      paramLabel = "NAME",
      description = "The name that service and nodes dial; found out when left out.")
  private String clientHostname = "";

  @Option(
      names = "--client-port",
      paramLabel = "PORT",
      description = "The port to listen on; any free one when left out.")
  private int clientPort;

  @Option(
      names = "--farm-key",
      paramLabel = "FILE",
      description = {
        "The key that the farm's admin gave you; needed from other machines than the service's.",
        "Default: the file that the environment variable TAS_FARM_KEY names."
      })
  private String farmKey = "";

  @Option(
      names = "--plain",
      description = "Keep no connection: service and nodes dial this program for each message.")
  private boolean plain;

  /** By what the service is known. */
  Endpoint service() {
    return services.get(0);
  }

  /** What the service tells over HTTP, wherever it is. */
  ServicePages pages() {
    return ServicePages.of(services, key());
  }

  /**
   * What happens on the farm, as the service tells it by itself.
   *
   * @param query such as {@code topic=product}
   */
  FarmEvents events(String query, FarmEvents.Listener listener) {
    return FarmEvents.open(services, key(), query, listener);
  }

  /** How tests of others end, as the service tells it by itself. */
  TestEnds ends() {
    return TestEnds.of(services, key());
  }

  /**
   * The key to show, if there is one; spoken plainly, none is.
   *
   * @throws com.nokia.ci.tas.commons.model.SettingsException when the key file is of no use
   */
  Optional<FarmKey> key() {
    return plain ? Optional.empty() : FarmKey.named(Optional.of(farmKey), System.getenv());
  }

  /**
   * What all this says.
   *
   * @throws com.nokia.ci.tas.commons.model.SettingsException when the key file is of no use
   */
  IssuerSettings settings() {
    Speech speech = Speech.of(Optional.of(farmKey), System.getenv());
    IssuerSettings settings =
        IssuerSettings.defaults()
            .withPort(clientPort)
            .with(StandIns.of(services))
            .with(plain ? speech.with(Speech.Manner.PLAIN) : speech);
    return clientHostname.isBlank() ? settings : settings.withHost(clientHostname.strip());
  }

  /** Reads {@code host:port}. */
  static final class EndpointConverter implements ITypeConverter<Endpoint> {
    @Override
    public Endpoint convert(String text) {
      try {
        Endpoint endpoint = Endpoint.parse(text);
        if (endpoint.isDialable()) {
          return endpoint;
        }
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
      throw new TypeConversionException("\"" + text + "\" has no port that can be dialled");
    }
  }
}

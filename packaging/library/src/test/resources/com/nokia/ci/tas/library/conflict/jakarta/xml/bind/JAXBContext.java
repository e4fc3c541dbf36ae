package jakarta.xml.bind;

/** Another version, in which everything is different. */
public interface JAXBContext {}

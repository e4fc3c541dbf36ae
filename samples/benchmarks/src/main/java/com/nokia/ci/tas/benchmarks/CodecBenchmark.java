package com.nokia.ci.tas.benchmarks;

import com.ctc.wstx.stax.WstxInputFactory;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.xml.Dialect;
import com.nokia.ci.tas.commons.xml.MessageCodec;
import java.io.ByteArrayInputStream;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Messages read and written, beside a bare pull parser that looks at each name and each text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CodecBenchmark {
  private final MessageCodec codec = new MessageCodec();
  private final XMLInputFactory parsers = new WstxInputFactory();

  /** Which message. */
  @Param({"order", "output"})
  private String kind;

  private Message message;
  private byte[] bytes;

  /** Makes the message. */
  @Setup
  public void prepare() {
    message = kind.equals("order") ? Messages.order() : Messages.output();
    bytes = Messages.encoded(message);
  }

  /** From bytes to a message. */
  @Benchmark
  public Message read() {
    return codec.read(bytes);
  }

  /** From a message to bytes. */
  @Benchmark
  public byte[] write() {
    return codec.write(message, Dialect.ESCAPED);
  }

  /** The floor of both. */
  @Benchmark
  public void bareParser(Blackhole seen) throws XMLStreamException {
    XMLStreamReader reader = parsers.createXMLStreamReader(new ByteArrayInputStream(bytes));
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamReader.START_ELEMENT -> {
          seen.consume(reader.getLocalName());
          for (int i = 0; i < reader.getAttributeCount(); i++) {
            seen.consume(reader.getAttributeLocalName(i));
            seen.consume(reader.getAttributeValue(i));
          }
        }
        case XMLStreamReader.CHARACTERS -> seen.consume(reader.getText());
        default -> {
          // Nothing to look at.
        }
      }
    }
    reader.close();
  }
}

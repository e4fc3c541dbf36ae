package com.nokia.ci.tas.communicator.keeping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.communicator.node.ExecutorEnd;
import com.nokia.ci.tas.communicator.node.Reach;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text of a {@link RunNote}. */
final class NoteJson {
  private static final String RESERVATION_TIME = ProductAttribute.RESERVATION_TIME.text();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private NoteJson() {}

  static String write(RunNote note) {
    var order = note.order();
    var test = order.test();
    var json = MAPPER.createObjectNode();
    json.put("id", order.id().test().value())
        .put("subId", order.id().subId())
        .put("attempt", order.attempt())
        .put("submission", test.origin().submission())
        .put("bond", test.origin().bond().text())
        .put("client", order.client().toString())
        .put("reach", order.reach().name())
        .put("resultsFilename", test.execution().resultsFilename());
    var artifacts = json.putArray("artifacts");
    test.execution().artifacts().forEach(artifacts::add);
    var products = json.putArray("products");
    test.progress()
        .reservedProducts()
        .forEach(
            product ->
                products
                    .addObject()
                    .put("imei", product.id().imei())
                    .put(RESERVATION_TIME, product.value(RESERVATION_TIME)));
    json.put("startTime", note.startTime().toEpochMilli());
    note.end().ifPresent(end -> write(end, json.putObject("end")));
    note.collected().ifPresent(collected -> write(collected, json));
    note.told().ifPresent(time -> json.put("told", time.toEpochMilli()));
    return json + "\n";
  }

  private static void write(ExecutorEnd end, ObjectNode json) {
    json.put("exitCode", end.exitCode()).put("remark", end.remark());
    end.sickProduct().ifPresent(sentence -> json.put("sickProduct", sentence));
  }

  private static ExecutorEnd end(JsonNode json) {
    return new ExecutorEnd(
        required(json, "exitCode").intValue(),
        text(json, "remark"),
        json.has("sickProduct") ? Optional.of(text(json, "sickProduct")) : Optional.empty());
  }

  private static void write(Collected collected, ObjectNode json) {
    var files = json.putArray("files");
    for (var file : collected.files()) {
      files
          .addObject()
          .put("name", file.name())
          .put("place", file.place())
          .put("size", file.size())
          .put("delivered", file.delivered());
    }
    var complaints = json.putArray("complaints");
    collected.complaints().forEach(complaints::add);
  }

  /**
   * Reads a note: of several the last, which the others led to.
   *
   * @throws IllegalArgumentException when it is none
   */
  static RunNote read(String text) {
    try {
      var json = last(text);
      String time = "told";
      return new RunNote(
          order(json),
          Instant.ofEpochMilli(required(json, "startTime").longValue()),
          json.has("end") ? Optional.of(end(json.get("end"))) : Optional.empty(),
          json.has("files") ? Optional.of(collected(json)) : Optional.empty(),
          json.has(time)
              ? Optional.of(Instant.ofEpochMilli(json.get(time).longValue()))
              : Optional.empty());
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  /** The last that is whole: its writer may have been killed in the middle of the one behind it. */
  private static JsonNode last(String text) throws IOException {
    JsonNode last = MAPPER.missingNode();
    try (MappingIterator<JsonNode> all = MAPPER.readerFor(JsonNode.class).readValues(text)) {
      while (all.hasNextValue()) {
        last = all.nextValue();
      }
    } catch (JsonProcessingException e) {
      if (last.isMissingNode()) {
        throw e;
      }
    }
    return last;
  }

  private static RunOrder order(JsonNode json) {
    var id = new RuntimeId(new TestId(text(json, "id")), text(json, "subId"));
    refuse(SafeName.complaint("test id", id.text()));
    String results = text(json, "resultsFilename");
    refuse(ResultsWish.complaint(results));
    var artifacts = new ArrayList<String>();
    json.path("artifacts").forEach(name -> artifacts.add(name.asText()));
    var products = new ArrayList<ProductDescription>();
    json.path("products")
        .forEach(
            it ->
                products.add(
                    ProductDescription.of(
                        Map.of(
                            "imei",
                            text(it, "imei"),
                            RESERVATION_TIME,
                            text(it, RESERVATION_TIME)))));
    return new RunOrder(
        TestDescription.named(id)
            .with(
                TestOrigin.UNKNOWN
                    .submittedAs(text(json, "submission"))
                    .bound(Bond.of(json.path("bond").asText())))
            .with(new TestExecution("", "", artifacts, Map.of(), List.of(), results))
            .with(
                TestProgress.NONE
                    .attempt(required(json, "attempt").intValue())
                    .reserving(products)),
        Endpoint.parse(text(json, "client")),
        Reach.valueOf(text(json, "reach")));
  }

  private static Collected collected(JsonNode json) {
    var files = new ArrayList<KeptFile>();
    for (var it : json.get("files")) {
      String name = text(it, "name");
      refuse(SafeName.complaint("results file", name));
      files.add(
          new KeptFile(
              name,
              KeptFile.checkedPlace(text(it, "place"), name),
              required(it, "size").longValue(),
              required(it, "delivered").booleanValue()));
    }
    var complaints = new ArrayList<String>();
    json.path("complaints").forEach(sentence -> complaints.add(sentence.asText()));
    return new Collected(files, complaints);
  }

  private static String text(JsonNode json, String name) {
    return required(json, name).asText();
  }

  private static JsonNode required(JsonNode json, String name) {
    if (!json.has(name)) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return json.get(name);
  }

  private static void refuse(Optional<String> complaint) {
    complaint.ifPresent(
        sentence -> {
          throw new IllegalArgumentException(sentence);
        });
  }
}

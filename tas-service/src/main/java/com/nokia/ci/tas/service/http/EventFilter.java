package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.service.news.Newsflash;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which events somebody wants to read, and may.
 *
 * @param topics words; empty: all
 * @param test id; empty: any, as with the others
 * @param product imei
 * @param node host:port
 * @param project name
 * @param visitor who reads
 * @param problem why it is not understood, a sentence
 */
record EventFilter(
    List<String> topics,
    Optional<String> test,
    Optional<String> product,
    Optional<String> node,
    Optional<String> project,
    Visitor visitor,
    Optional<String> problem) {

  static EventFilter of(Request request) {
    var topics =
        request
            .query("topic")
            .map(words -> Arrays.stream(words.split(",", -1)).map(String::strip).toList())
            .orElse(List.of());
    var unknown =
        topics.stream()
            .filter(
                word ->
                    Arrays.stream(Newsflash.Topic.values()).noneMatch(it -> it.word().equals(word)))
            .findFirst();
    return new EventFilter(
        topics,
        request.query("test"),
        request.query("product"),
        request.query("node"),
        request.query("project"),
        request.visitor(),
        unknown.map(
            word ->
                "topic is test, product, node, detail or settings, with commas between several."));
  }

  /** Whether it is everything, by somebody who may see everything. */
  boolean isAll() {
    return topics.isEmpty()
        && test.isEmpty()
        && product.isEmpty()
        && node.isEmpty()
        && project.isEmpty()
        && visitor.who().rights().allow(AccessRole.VIEW)
        && visitor.who().rights().projects().isEmpty();
  }

  /** Settings are of the whole service: who wants everything of one test is told of them too. */
  boolean suits(Newsflash news) {
    return (topics.isEmpty() || topics.contains(news.topic().word()))
        && (news.topic() == Newsflash.Topic.SETTINGS || isMeant(news));
  }

  private boolean isMeant(Newsflash news) {
    return test.stream().allMatch(id -> isOf(news, id))
        && product.stream()
            .allMatch(imei -> news.products().stream().anyMatch(it -> it.imei().equals(imei)))
        && node.stream()
            .allMatch(it -> news.node().filter(at -> at.toString().equals(it)).isPresent())
        && project.stream().allMatch(it -> isIn(news, it))
        && news.test().stream().allMatch(visitor::maySee);
  }

  private static boolean isOf(Newsflash news, String id) {
    return news.test().filter(it -> it.id().test().value().equals(id)).isPresent();
  }

  private static boolean isIn(Newsflash news, String project) {
    return news.test()
        .flatMap(it -> it.origin().project())
        .filter(it -> it.value().equals(project))
        .isPresent();
  }
}

package com.nokia.ci.tas.client.publish;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Tells others what tests found: a mail, a page, a file, another program. Found by {@link
 * java.util.ServiceLoader}: name your class in {@code
 * META-INF/services/com.nokia.ci.tas.client.publish.Publisher} of a jar on the class path.
 *
 * <p>Methods are called on a thread of their own, which is interrupted at the deadline. What a
 * method throws is told to whoever started the tests and changes nothing else.
 */
public interface Publisher {

  /** The word by which it is chosen: lower case letters, digits and dashes. */
  String name();

  /** What {@link Wish#target} is to it, in a few words for a person, such as {@code a file}. */
  String target();

  /** The names of its options; others are refused. */
  default Set<String> options() {
    return Set.of();
  }

  /**
   * Called before anything is started.
   *
   * @return where something about the tests will be found, such as a page that will be written
   * @throws IllegalArgumentException with a sentence when the wish makes no sense; then nothing is
   *     started
   */
  default List<Link> announce(Announcement announcement, Wish wish) throws IOException {
    return List.of();
  }

  /**
   * Called when all tests are over and the wish is to be told of it.
   *
   * @return where it is found now
   * @throws IOException with a sentence that says what did not work
   */
  List<Link> publish(Report report, Wish wish) throws IOException, InterruptedException;
}

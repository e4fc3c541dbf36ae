package com.nokia.ci.tas.commons.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Beans take in what blocks know, all of it, and what comes twice as it came last. */
final class BeanTest {

  @Test
  void eachElementThatIsKnownFillsOneFieldAndNoFieldIsLeftOut() throws Exception {
    var message = new MessageBean();
    takeIn(Block.MESSAGE, message);

    assertEquals(new TreeSet<>(), empty("message", message));
  }

  @Test
  void whatComesTwiceCountsAsItCameLast() {
    var read =
        (TestOperation)
            read(
                """
                <message><type>test-operation</type>
                <sender><hostname>old</hostname><port>1</port></sender>
                <sender><hostname>new</hostname></sender>
                <envelope><operation>stop</operation><operation>start</operation><test><id>t</id>
                <artifacts><artifact>a</artifact><artifact>b</artifact></artifacts>
                <artifacts><artifact>c</artifact></artifacts></test></envelope></message>
                """);

    assertEquals("new:0", read.sender().toString());
    assertEquals(TestOperation.Kind.START, read.kind());
    assertEquals(List.of("c"), read.test().execution().artifacts());
  }

  @Test
  void aValueInManyPiecesIsOneValueWhateverStandsAroundItAndHowLongItIs() {
    String half = "0123456789".repeat(10_000);
    var read =
        (FileOperation)
            read(
                "<message>text<type>file-<!-- a comment -->opera<![CDATA[tion]]></type><envelope>"
                    + "<test><id>t</id></test><file><name>n</name><path>"
                    + half
                    + "&lt;"
                    + half
                    + "</path></file></envelope></message>");

    assertEquals(half + "<" + half, read.file().path());
  }

  private static Object read(String message) {
    return new MessageCodec().read(message.getBytes(StandardCharsets.UTF_8));
  }

  private static void takeIn(Block block, Bean bean) {
    block
        .children()
        .forEach(
            child -> {
              if (child.block().isPresent()) {
                takeIn(child.block().get(), bean.block(child.name()));
              } else {
                bean.leaf(child.name(), "x");
              }
            });
  }

  /** The fields of a bean, and of the beans in it, in which nothing came. */
  private static Set<String> empty(String where, Object bean) throws IllegalAccessException {
    var empty = new TreeSet<String>();
    for (Field field : bean.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      if (!Modifier.isStatic(field.getModifiers())) {
        empty.addAll(emptyIn(where + "." + field.getName(), field.get(bean)));
      }
    }
    return empty;
  }

  private static Set<String> emptyIn(String where, Object value) throws IllegalAccessException {
    if (value == null || List.of().equals(value)) {
      return new TreeSet<>(List.of(where));
    }
    var first = value instanceof List<?> list ? list.get(0) : value;
    return first instanceof Bean bean ? empty(where, bean) : new TreeSet<>();
  }
}

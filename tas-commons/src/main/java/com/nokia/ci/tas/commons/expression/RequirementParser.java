package com.nokia.ci.tas.commons.expression;

import com.nokia.ci.tas.commons.model.Comparison.Relation;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.SafeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a required-products expression (guide, "Required products expression"). The grammar, as
 * {@code docs/expressions.md} explains it:
 *
 * <pre>
 * expression = group *( "and" group ) / clauses      ; clauses alone: one product
 * group      = "(" clauses ")"
 * clauses    = clause *( ";" clause ) [ ";" ]
 * clause     = name ":" value / name relation number
 * relation   = ">=" / ">" / "<=" / "<"
 * value      = plain / quoted
 * plain      = anything but ; and ) that does not begin with a double quote
 * quoted     = double quote *( anything but " and \ / "\" anything ) double quote
 * </pre>
 *
 * <p>Names and {@code and} in any case; blanks and line ends between the parts do not count. Takes
 * time in proportion to the length of the expression.
 */
public final class RequirementParser {
  /** No expression is longer. */
  public static final int LONGEST = 65_536;

  /** No test needs more products at once. */
  public static final int MOST_PRODUCTS = 256;

  private static final String CLAUSE = "name:value; such as rm-code:RM-763;";
  private static final String GROUP = "a product in brackets, such as (rm-code:RM-763;)";

  private final String text;
  private int at;

  private RequirementParser(String text) {
    this.text = text;
  }

  /**
   * Reads an expression.
   *
   * @throws ExpressionException when it is none; nothing else is ever thrown
   */
  public static Requirement parse(String expression) {
    if (expression.length() > LONGEST) {
      throw new ExpressionException(
          LONGEST + 1,
          "the expression has " + expression.length() + " characters",
          "no more than " + LONGEST);
    }
    return new RequirementParser(expression).expression();
  }

  private Requirement expression() {
    skipBlanks();
    if (isAtEnd()) {
      throw wrong("the expression is empty", CLAUSE);
    }
    if (!isAt('(')) {
      return new Requirement(List.of(single()));
    }
    var products = new ArrayList<ProductDemand>();
    products.add(group());
    for (skipBlanks(); !isAtEnd(); skipBlanks()) {
      conjunction();
      if (products.size() == MOST_PRODUCTS) {
        throw wrong("one product too many", "no more than " + MOST_PRODUCTS + " products");
      }
      products.add(group());
    }
    return new Requirement(products);
  }

  private ProductDemand single() {
    refuseReservedWord();
    ProductDemand demand = clauses();
    if (!isAtEnd()) {
      throw wrong(
          "this closing bracket has no opening one",
          "brackets around each product, or double quotes around a value that contains it");
    }
    return demand;
  }

  private ProductDemand group() {
    if (!isAt('(')) {
      throw wrong(found() + " stands where a product should begin", GROUP);
    }
    int opening = at++;
    ProductDemand demand = clauses();
    if (isAtEnd()) {
      throw new ExpressionException(opening + 1, "this bracket is never closed", "a ) for it");
    }
    at++;
    return demand;
  }

  private void conjunction() {
    refuseReservedWord();
    int start = at;
    String word = word();
    if (!word.equals("and")) {
      at = start;
      throw wrong(found() + " stands between two products", "\"and\" between them");
    }
    skipBlanks();
    refuseReservedWord();
    if (isAtEnd()) {
      throw wrong("the expression ends after \"and\"", GROUP);
    }
  }

  /** Reads up to the closing bracket or the end, which are left. */
  private ProductDemand clauses() {
    var clauses = new Clauses();
    for (skipBlanks(); !isAtEnd() && !isAt(')'); skipBlanks()) {
      clause(clauses);
      if (isAt(';')) {
        at++;
      }
    }
    if (clauses.isEmpty()) {
      throw wrong("nothing is asked of this product", CLAUSE);
    }
    return clauses.demand();
  }

  private void clause(Clauses clauses) {
    int start = at;
    String name = name();
    Optional<Relation> relation = relation();
    skipBlanks();
    String value = isAt('"') ? quoted() : plain();
    refuse(
        start,
        relation.isPresent() ? clauses.add(name, relation.get(), value) : clauses.add(name, value));
  }

  /** Reads a colon or another sign; empty when it was a colon. */
  private Optional<Relation> relation() {
    for (var relation : Relation.values()) {
      if (text.startsWith(relation.sign(), at)) {
        at += relation.sign().length();
        return Optional.of(relation);
      }
    }
    at++;
    return Optional.empty();
  }

  /** Reads up to a colon or another sign, which is left. */
  private String name() {
    int start = at;
    while (!isAtEnd() && ":;()<>".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String name = text.substring(start, at).strip();
    if (!isAt(':') && !isAt('<') && !isAt('>')) {
      if (name.isEmpty() && isAt('(')) {
        throw wrong("a bracket opens inside a product", CLAUSE + " brackets are not nested");
      }
      throw new ExpressionException(
          start + 1, "\"" + SafeName.shown(name) + "\" has no colon and value", CLAUSE);
    }
    Optional<String> known = Clauses.name(name);
    if (known.isEmpty()) {
      refuse(start, Optional.of(Clauses.unknown(name)));
    }
    return known.orElseThrow();
  }

  private String plain() {
    int start = at;
    while (!isAtEnd() && !isAt(';') && !isAt(')')) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private String quoted() {
    int opening = at++;
    var value = new StringBuilder();
    while (!isAtEnd() && !isAt('"')) {
      if (isAt('\\')) {
        at++;
      }
      if (!isAtEnd()) {
        value.append(text.charAt(at++));
      }
    }
    if (isAtEnd()) {
      throw new ExpressionException(
          opening + 1, "this double quote is never closed", "a second one after the value");
    }
    at++;
    skipBlanks();
    if (!isAtEnd() && !isAt(';') && !isAt(')')) {
      throw wrong(
          found() + " follows a value in double quotes",
          "; or ) there, or the value's own quotes written as \\\" inside of double quotes");
    }
    return value.toString();
  }

  private void refuseReservedWord() {
    int start = at;
    String word = word();
    int end = at;
    skipBlanks();
    boolean reserved = word.equals("or") || word.equals("not");
    if (reserved && (isAtEnd() || isAt('('))) {
      at = start;
      throw wrong(
          "\"" + text.substring(start, end) + "\" is reserved and not supported",
          "groups joined by \"and\"; start one test for each alternative");
    }
    at = start;
  }

  /** The letters from here on, in lower case. */
  private String word() {
    int start = at;
    while (!isAtEnd() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at).toLowerCase(Locale.ROOT);
  }

  private void skipBlanks() {
    while (!isAtEnd() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  private boolean isAt(char c) {
    return !isAtEnd() && text.charAt(at) == c;
  }

  private boolean isAtEnd() {
    return at == text.length();
  }

  private String found() {
    int end = text.offsetByCodePoints(at, Math.min(1, text.codePointCount(at, text.length())));
    return isAtEnd() ? "the end" : "\"" + SafeName.shown(text.substring(at, end)) + "\"";
  }

  private ExpressionException wrong(String problem, String expected) {
    return new ExpressionException(at + 1, problem, expected);
  }

  private static void refuse(int start, Optional<Clauses.Complaint> complaint) {
    complaint.ifPresent(
        it -> {
          throw new ExpressionException(start + 1, it.problem(), it.expected());
        });
  }
}

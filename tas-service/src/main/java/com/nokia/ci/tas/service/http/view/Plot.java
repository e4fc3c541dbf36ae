package com.nokia.ci.tas.service.http.view;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Where things of a chart are: numbers upwards from nought, in units of the drawing.
 *
 * @param step from one line to the next, more than nought
 * @param lines how many there are above nought, at least one
 */
public record Plot(double step, int lines) {
  /** Width of a drawing, in its own units. */
  public static final int WIDTH = 960;

  /** Height of a drawing, in its own units. */
  public static final int HEIGHT = 272;

  /** Where the inner part begins, behind the numbers. */
  public static final int LEFT = 60;

  /** Where the inner part ends. */
  public static final int RIGHT = WIDTH - 12;

  /** Where the words below stand. */
  public static final int FOOT = HEIGHT - 8;

  static final int INNER_WIDTH = RIGHT - LEFT;

  private static final int TOP = 12;
  private static final int INNER_HEIGHT = HEIGHT - TOP - 38;
  private static final int LINES = 4;

  /**
   * A word at a place of an axis.
   *
   * @param at the place, in units of the drawing
   * @param text the word
   */
  public record Mark(double at, String text) {}

  /** One in which a number has room, with a whole number at each line. */
  static Plot upTo(double most) {
    double least = Math.max(1, most / LINES);
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double step =
        DoubleStream.of(1, 2, 5, 10)
            .map(it -> it * power)
            .filter(it -> it >= least)
            .findFirst()
            .orElse(least);
    return new Plot(step, (int) Math.max(1, Math.ceil(most / step)));
  }

  /** Where a share of the width is, from 0 to 1. */
  static double x(double share) {
    return LEFT + INNER_WIDTH * share;
  }

  double y(double number) {
    return TOP + INNER_HEIGHT - height(number);
  }

  double height(double number) {
    return INNER_HEIGHT * number / (step * lines);
  }

  /** The numbers beside the lines. */
  List<Mark> numbers() {
    return IntStream.rangeClosed(0, lines)
        .mapToObj(i -> new Mark(y(step * i), String.valueOf(Math.round(step * i))))
        .toList();
  }

  /** A number with a digit behind the point. */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** The first minute of an hour of the day. */
  static String hour(int hour) {
    return String.format(Locale.ROOT, "%02d:00", hour);
  }
}

package com.nokia.ci.tas.commons.launch;

/** Composes a settings file as a person is to find it: each setting below the lines about it. */
public final class SettingsText {
  private final StringBuilder text = new StringBuilder();

  /** Adds a heading above the settings that follow. */
  public SettingsText heading(String sentence) {
    gap();
    comment(sentence);
    return this;
  }

  /**
   * Adds a setting.
   *
   * @param comment one or more lines of what it means, with unit and default; without {@code #}
   */
  public SettingsText setting(String key, String value, String comment) {
    gap();
    comment(comment);
    text.append(key).append('=').append(value).append('\n');
    return this;
  }

  /** The whole file. */
  @Override
  public String toString() {
    return text.toString();
  }

  private void gap() {
    if (text.length() > 0) {
      text.append('\n');
    }
  }

  private void comment(String lines) {
    lines.lines().forEach(line -> text.append("# ").append(line).append('\n'));
  }
}

package com.nokia.ci.tas.service.http.view;

import java.util.List;

/**
 * A page that says one thing.
 *
 * @param frame what is around it
 * @param title in a few words
 * @param sentence why, and what to do
 * @param commands that do it elsewhere; none or one
 */
public record MessagePage(Frame frame, String title, String sentence, List<String> commands) {}

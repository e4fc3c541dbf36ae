package com.nokia.ci.tas.service.http.view;

/**
 * A page that says one thing.
 *
 * @param frame what is around it
 * @param title in a few words
 * @param sentence why, and what to do
 */
public record MessagePage(Frame frame, String title, String sentence) {}

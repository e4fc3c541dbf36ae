package com.nokia.ci.tas.service.http.view;

import java.util.List;

/**
 * How the last tests of a product or a node ended, beside those of its peers.
 *
 * @param tests the last ones, newest first
 * @param facts in numbers
 * @param all where all of them are found
 */
public record TrackRecord(List<EndedRow> tests, List<Frame.Fact> facts, String all) {}

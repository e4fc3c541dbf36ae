package com.fasterxml.jackson.core;

/** Another version, in which everything is different. */
public interface JsonFactory {}

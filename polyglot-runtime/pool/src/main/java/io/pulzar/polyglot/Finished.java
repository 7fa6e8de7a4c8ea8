package io.pulzar.polyglot;

/** The end of a call: how it ended and what it used. */
public record Finished(Outcome outcome, Usage usage) {}

package io.pulzar.storage;

import java.time.Duration;
import java.time.Instant;

/**
 * One of the masters that share what they keep.
 *
 * @param url where it is reached
 * @param leads whether it is the one that works
 * @param started when it was
 * @param silent since when there was no sign of life of it
 */
public record MasterServer(
    String url, String version, boolean leads, Instant started, Duration silent) {}

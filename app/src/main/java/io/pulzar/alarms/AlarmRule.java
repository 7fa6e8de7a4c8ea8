package io.pulzar.alarms;

import io.pulzar.rights.PathPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is told of what.
 *
 * @param scripts whose runs and schedules it is about: {@code finance/**}, or {@code **} for all
 * @param failure whether of runs that fail
 * @param recovery whether of the end of what was told
 * @param late how long a schedule may go without success
 * @param waiting how long a run may wait
 * @param every after how long it is told again while it goes on; empty: as the settings say
 * @param receivers names
 * @param by who set it
 */
record AlarmRule(
    String name,
    PathPattern scripts,
    boolean failure,
    boolean recovery,
    Optional<Duration> late,
    Optional<Duration> waiting,
    Optional<Duration> every,
    List<String> receivers,
    Instant changed,
    String by) {}

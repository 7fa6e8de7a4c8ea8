package io.pulzar.alarms;

import java.time.Instant;
import java.util.Optional;

/**
 * The end of a run that somebody may have to be told of.
 *
 * @param failed else it completed, and the run of its script before had failed
 */
record EndNote(boolean failed, long job, String script, Optional<Long> schedule, Instant at) {}

package io.pulzar.jobs;

import io.pulzar.http.ApiException;
import io.pulzar.http.Times;
import io.pulzar.jobs.JobState.Ended;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a client looks for; what is empty does not matter.
 *
 * @param states words as clients read them
 * @param script a script's path, or that of a folder with a slash behind it
 * @param text that its number, script, parameters or error hold, in any case
 * @param before only runs with a lower id: where the page before ended
 */
record RunFilter(
    Set<String> states,
    Optional<String> script,
    Optional<String> node,
    OptionalLong schedule,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<String> text,
    OptionalLong before) {

  private static final Set<String> WORDS =
      Set.of("pending", "running", "completed", "failed", "canceled");

  /** Reads what stands in a query. */
  static RunFilter of(
      @Nullable String states,
      @Nullable String script,
      @Nullable String node,
      @Nullable String schedule,
      @Nullable String since,
      @Nullable String until,
      @Nullable String text,
      @Nullable String after) {
    return new RunFilter(
        states(states),
        chosen(script),
        chosen(node),
        number("schedule", schedule),
        Times.asked("since", since),
        Times.asked("until", until),
        chosen(text).map(wanted -> wanted.toLowerCase(Locale.ROOT)),
        number("after", after));
  }

  /** The same, but only what is behind a run. */
  RunFilter behind(long id) {
    return new RunFilter(states, script, node, schedule, since, until, text, OptionalLong.of(id));
  }

  boolean matches(JobRecord job) {
    return (states.isEmpty() || states.contains(job.state().word()))
        && script.map(wanted -> isOf(wanted, job.submission().path())).orElse(true)
        && node.map(wanted -> wanted.equals(JobViews.node(job.state()))).orElse(true)
        && (schedule.isEmpty()
            || job.submission().schedule().filter(id -> id == schedule.getAsLong()).isPresent())
        && since.map(from -> !job.created().isBefore(from)).orElse(true)
        && until.map(to -> !job.created().isAfter(to)).orElse(true)
        && text.map(wanted -> holds(job, wanted)).orElse(true);
  }

  private static boolean isOf(String wanted, String path) {
    return wanted.endsWith("/") ? path.startsWith(wanted) : path.equals(wanted);
  }

  private static boolean holds(JobRecord job, String wanted) {
    return Long.toString(job.id()).equals(wanted)
        || isIn(job.submission().path(), wanted)
        || isIn(job.submission().shownParameters(), wanted)
        || (job.state() instanceof Ended ended
            && ended.error().filter(error -> isIn(error, wanted)).isPresent());
  }

  private static boolean isIn(String text, String wanted) {
    return text.toLowerCase(Locale.ROOT).contains(wanted);
  }

  private static Set<String> states(@Nullable String text) {
    Set<String> states = new TreeSet<>();
    chosen(text).ifPresent(all -> states.addAll(Arrays.asList(all.split(",", -1))));
    if (!WORDS.containsAll(states)) {
      throw ApiException.badRequest(
          "bad_state",
          "state must be one or more of pending, running, completed, failed, canceled, with commas"
              + " between");
    }
    return states;
  }

  private static Optional<String> chosen(@Nullable String text) {
    return Optional.ofNullable(text).filter(given -> !given.isEmpty());
  }

  private static OptionalLong number(String name, @Nullable String text) {
    Optional<String> given = chosen(text);
    if (given.isEmpty()) {
      return OptionalLong.empty();
    }
    if (given.get().matches("\\d{1,18}")) {
      return OptionalLong.of(Long.parseLong(given.get()));
    }
    throw ApiException.badRequest("bad_" + name, name + " must be the number of one");
  }
}

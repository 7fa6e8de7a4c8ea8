package io.pulzar.records;

import io.pulzar.http.Times;
import io.pulzar.records.Receiver.Condition;
import io.pulzar.records.RecordReport.Follows;
import io.pulzar.records.RecordReport.Receives;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Gathers what there is to see of records at the master. */
final class RecordReports {

  private final RecordStore store;
  private final Followers followers;
  private final Receivers receivers;
  private final Watchers watchers;
  private final Clock clock;

  RecordReports(
      RecordStore store, Followers followers, Receivers receivers, Watchers watchers, Clock clock) {
    this.store = store;
    this.followers = followers;
    this.receivers = receivers;
    this.watchers = watchers;
    this.clock = clock;
  }

  RecordReport report() {
    return store.read(
        state ->
            new RecordReport(
                store.origin(),
                Rows.revision(state),
                Rows.floor(state),
                Rows.live(state, Kind.TEXT),
                Rows.live(state, Kind.SHARED),
                Losers.bytes(state),
                watchers.open(),
                nodes(Rows.revision(state)),
                receivers.conditions().stream().map(RecordReports::receives).toList()));
  }

  List<Follows> nodes(long revision) {
    Instant now = clock.instant();
    return followers.all().entrySet().stream()
        .map(
            entry -> {
              long behind = Math.max(0, revision - entry.getValue().position());
              boolean there = entry.getValue().isThere(now);
              return new Follows(
                  entry.getKey(),
                  there ? (behind == 0 ? "current" : "behind") : "down",
                  entry.getValue().position(),
                  behind,
                  Math.max(0, Duration.between(entry.getValue().heard(), now).toSeconds()));
            })
        .toList();
  }

  private static Receives receives(Condition condition) {
    return new Receives(
        condition.url(),
        condition.state().name().toLowerCase(Locale.ROOT),
        condition.position(),
        condition.changesBehind(),
        condition.secondsBehind(),
        condition.lastError(),
        condition.compared().map(Times::utc).orElse(null),
        condition.mended(),
        condition.refused());
  }

  /** The most changes that any node or receiver lacks. */
  long mostBehind() {
    RecordReport report = report();
    long nodes = report.nodes().stream().mapToLong(Follows::changes_behind).max().orElse(0);
    long servers = report.receivers().stream().mapToLong(Receives::changes_behind).max().orElse(0);
    return Math.max(nodes, servers);
  }

  long down() {
    return report().receivers().stream()
        .filter(receiver -> receiver.state().equals("down") || receiver.state().equals("lost"))
        .count();
  }
}

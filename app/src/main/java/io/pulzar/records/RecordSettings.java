package io.pulzar.records;

import io.pulzar.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator can choose about text records and shared values. */
public final class RecordSettings {

  static final Setting<Long> MAX_VALUE =
      Setting.size("pulzar.records.max-value", "8MB", "The largest text or value.");
  static final Setting<Long> MAX_RECORD =
      Setting.size(
          "pulzar.records.max-record",
          "16MB",
          "The largest text record with all fields that processes added.");
  static final Setting<Integer> PAGE =
      Setting.whole(
          "pulzar.records.page", 1_000, 1, 10_000, "How many records one page of a listing has.");
  static final Setting<Long> DUMP =
      Setting.size(
          "pulzar.records.dump",
          "16MB",
          "The largest answer of /nodes/dump; above it values are listed page by page.");
  static final Setting<NodesStatus> NODES_STATUS =
      Setting.choice(
          "pulzar.records.nodes-status",
          NodesStatus.OLD,
          "The HTTP status of what failed under /nodes: old is always 200, strict is 400 or 404.");
  static final Setting<Duration> PROCESS_TIMEOUT =
      Setting.duration(
          "pulzar.records.process-timeout", "2s", "How long one process may take for one text.");
  static final Setting<Long> PROCESS_MEMORY =
      Setting.size("pulzar.records.process-memory", "256MB", "How much memory a process may use.");
  static final Setting<Integer> PROCESSES =
      Setting.whole("pulzar.records.processes", 16, 0, 100, "How many processes there may be.");
  static final Setting<Duration> WAIT =
      Setting.duration(
          "pulzar.records.wait",
          "2s",
          "How long a read with min_revision waits for its node to come that far.");
  static final Setting<Duration> CLOCK_SKEW =
      Setting.duration(
          "pulzar.records.clock-skew",
          "60s",
          "How far ahead the clocks of other installations may be; later changes are held back.");
  static final Setting<Duration> TOMBSTONES =
      Setting.duration(
          "pulzar.records.tombstones",
          "30d",
          "How long it is remembered that a record was deleted. Who was away for longer compares"
              + " everything.");
  static final Setting<Duration> CONFLICTS =
      Setting.duration(
          "pulzar.records.conflicts",
          "7d",
          "How long the loser of two writes that did not know of each other is kept.");
  static final Setting<Long> CONFLICT_SIZE =
      Setting.size("pulzar.records.conflict-size", "64MB", "The most that such losers take.");
  static final Setting<Duration> CHECK =
      Setting.duration(
          "pulzar.records.check", "10m", "How often a node compares its replica with the master.");
  static final Setting<Integer> WATCHERS =
      Setting.whole(
          "pulzar.records.watchers", 1_000, 1, 100_000, "How many clients may watch for changes.");

  public static final Setting<Optional<String>> PEER_TOKEN =
      Setting.secret(
          "pulzar.records.peer-token",
          "What other installations must show to store finished records here, and what this one"
              + " shows them unless servers.list says another.");

  static final Setting<Optional<String>> SERVERS =
      Setting.optionalText(
          "pulzar.records.servers",
          "The other installations that get what is written here, as servers.list names them; used"
              + " instead of the file.");
  static final Setting<Optional<Path>> SERVERS_LIST =
      Setting.optionalPath(
          "pulzar.records.servers-list",
          "The file that names other installations; by default <home>/servers.list.");
  static final Setting<Integer> MOST_SERVERS =
      Setting.whole(
          "pulzar.records.most-servers", 64, 1, 1_000, "How many installations may be named.");
  static final Setting<Duration> PEER_CHECK =
      Setting.duration(
          "pulzar.records.peer-check",
          "1h",
          "How often a receiving installation is compared with this one.");

  static final Setting<Long> CACHE_SIZE =
      Setting.size(
          "pulzar.records.cache-size",
          "16MB",
          "How much of other installations' texts is remembered for ?cache; one text may have an"
              + " eighth of it.");
  static final Setting<Duration> CACHE_LEASE =
      Setting.duration(
          "pulzar.records.cache-lease",
          "5s",
          "How long a remembered text counts after its server was heard from.");
  static final Setting<Duration> CACHE_TTL =
      Setting.duration(
          "pulzar.records.cache-ttl",
          "60s",
          "How long a text of an old server, which tells no versions, is remembered.");
  static final Setting<Boolean> CACHE_FOLLOW =
      Setting.flag(
          "pulzar.records.cache-follow",
          true,
          "Whether servers with remembered texts are asked what changes.");
  static final Setting<Front.Stamp> CACHE_WRITE =
      Setting.choice(
          "pulzar.records.cache-write",
          Front.Stamp.ONE,
          "Who stamps what is written with ?cache: one server, whose record the others get, or each"
              + " its own.");

  public static final List<Setting<?>> ALL =
      List.of(
          MAX_VALUE,
          MAX_RECORD,
          PAGE,
          DUMP,
          NODES_STATUS,
          PROCESS_TIMEOUT,
          PROCESS_MEMORY,
          PROCESSES,
          WAIT,
          CLOCK_SKEW,
          TOMBSTONES,
          CONFLICTS,
          CONFLICT_SIZE,
          CHECK,
          WATCHERS,
          PEER_TOKEN,
          SERVERS,
          SERVERS_LIST,
          MOST_SERVERS,
          PEER_CHECK,
          CACHE_SIZE,
          CACHE_LEASE,
          CACHE_TTL,
          CACHE_FOLLOW,
          CACHE_WRITE);

  /** How {@code /nodes} tells that something failed. */
  public enum NodesStatus {
    OLD,
    STRICT
  }

  private RecordSettings() {}
}

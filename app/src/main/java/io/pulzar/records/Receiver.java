package io.pulzar.records;

import io.micronaut.core.type.Argument;
import io.pulzar.records.PeerClient.PeerException;
import io.pulzar.records.PeerMessages.Changes;
import io.pulzar.records.PeerMessages.Compared;
import io.pulzar.records.PeerMessages.Comparison;
import io.pulzar.records.PeerMessages.Identity;
import io.pulzar.records.PeerMessages.Taken;
import io.pulzar.records.PeerMessages.Wanted;
import io.pulzar.records.PeerServer.Mode;
import io.pulzar.upkeep.Loop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one server of the list up to date, from where it is, for as long as it takes. A thread of
 * its own, so that no server waits for another.
 */
final class Receiver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  /** How long a stop waits for the step under way. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int RANGES_AT_ONCE = 64;
  private static final Argument<Identity> IDENTITY = Argument.of(Identity.class);

  /** How it is with a receiver. */
  enum State {
    CURRENT,
    BEHIND,
    DOWN,
    /** It was away for longer than deletions are remembered: everything is compared. */
    LOST
  }

  /**
   * What there is to see of it.
   *
   * @param mended records that comparing brought or removed
   * @param refused changes that it would not take, and that were left out
   */
  record Condition(
      String url,
      State state,
      long position,
      long changesBehind,
      long secondsBehind,
      String lastError,
      Optional<Instant> compared,
      long mended,
      long refused) {}

  private final PeerServer server;
  private final PeerStore peers;
  private final RecordStore store;
  private final RecordSignals signals;
  private final PeerClient client;
  private final OldReceiver old;
  private final Clock clock;
  private final Duration compareEvery;
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean asked;
  private volatile State state = State.BEHIND;
  private volatile long position;
  private volatile String lastError = "";
  private volatile @Nullable Instant compared;
  private volatile @Nullable Instant behindSince;
  private final AtomicLong mended = new AtomicLong();
  private final Loop loop;

  // Of the thread.
  private Optional<Identity> known = Optional.empty();
  private boolean introduced;
  private Duration pause = FIRST_PAUSE;

  Receiver(
      PeerServer server,
      PeerStore peers,
      RecordStore store,
      RecordSignals signals,
      PeerClient client,
      Clock clock,
      Duration compareEvery,
      Loop loop) {
    this.loop = loop;
    this.server = server;
    this.peers = peers;
    this.store = store;
    this.signals = signals;
    this.client = client;
    this.old = new OldReceiver(server, client);
    this.clock = clock;
    this.compareEvery = compareEvery;
    this.position = peers.position(server);
    this.thread = Thread.ofVirtual().name("records-receiver").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  PeerServer server() {
    return server;
  }

  Condition condition() {
    long behind = Math.max(0, store.revision() - position);
    Instant since = behindSince;
    long seconds =
        behind == 0 || since == null ? 0 : Duration.between(since, clock.instant()).toSeconds();
    State shown = state == State.CURRENT && behind > 0 ? State.BEHIND : state;
    return new Condition(
        server.url(),
        shown,
        position,
        behind,
        seconds,
        lastError,
        Optional.ofNullable(compared),
        mended.get(),
        old.refused());
  }

  /** Compares before the next change is sent. */
  void compareSoon() {
    asked = true;
  }

  private void run() {
    try {
      while (!closing) {
        if (!loop.round(this::round)) {
          Thread.sleep(LONGEST_PAUSE);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    try {
      serve();
      pause = FIRST_PAUSE;
    } catch (PeerException | RuntimeException e) {
      String reason = String.valueOf(e.getMessage());
      if (!closing && !reason.equals(lastError)) {
        LOG.warn("a server of the list is not brought up to date: {}", reason);
      }
      lastError = reason;
      state = State.DOWN;
      introduced = false;
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  /** Sends the next changes, or waits for some. */
  private void serve() throws PeerException, InterruptedException {
    Optional<Identity> peer = peer();
    if (peer.isPresent()) {
      compareWhenDue(peer.get());
    }
    ChangeBatch batch = store.changes(position);
    if (batch.rows().isEmpty()) {
      reached(batch.revision());
      await(batch.revision());
      return;
    }
    if (behindSince == null) {
      behindSince = clock.instant();
    }
    long last = batch.rows().getLast().revision();
    boolean whole = last >= batch.revision();
    // Read before what it vouches for: a later write has a later clock.
    long until = whole ? lastOwnClock(batch) : 0;
    if (peer.isPresent()) {
      send(peer.get().origin(), forwarded(batch.rows()), until);
    } else {
      old.send(forwarded(batch.rows()));
    }
    peers.setPosition(server, last);
    position = last;
    lastError = "";
  }

  /** Who it is, asked once until something goes wrong; empty: an older one, which can't tell. */
  private Optional<Identity> peer() throws PeerException, InterruptedException {
    if (!introduced) {
      known =
          server.mode() == Mode.NODES
              ? Optional.empty()
              : client.ask(server, "identity", Map.of(), IDENTITY);
      introduced = true;
    }
    return known;
  }

  private void reached(long revision) {
    position = Math.max(position, revision);
    state = State.CURRENT;
    behindSince = null;
    lastError = "";
  }

  private long lastOwnClock(ChangeBatch batch) {
    return batch.rows().stream()
        .map(row -> row.record().version())
        .filter(version -> version.origin().equals(store.origin()))
        .mapToLong(Version::clock)
        .max()
        .orElse(0);
  }

  private static List<Row> forwarded(List<Row> rows) {
    return rows.stream().filter(Row::forward).toList();
  }

  private void await(long revision) throws InterruptedException {
    try {
      var _ = signals.beyond(revision, RecordOperations.POLL).toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void send(String receiver, List<Row> rows, long until)
      throws PeerException, InterruptedException {
    List<Row> news =
        rows.stream().filter(row -> !row.record().version().origin().equals(receiver)).toList();
    if (news.isEmpty() && until == 0) {
      return;
    }
    Changes changes = new Changes(store.origin(), server.mode() == Mode.BRIDGE, until, news);
    if (client.ask(server, "changes", changes, Argument.of(Taken.class)).isEmpty()) {
      throw new PeerException("it does not take changes any more");
    }
  }

  private void compareWhenDue(Identity peer) throws PeerException, InterruptedException {
    boolean lost = position > 0 && position < store.read(Rows::floor);
    Instant last = compared;
    boolean due = last == null || last.plus(compareEvery).isBefore(clock.instant());
    if (lost) {
      state = State.LOST;
      LOG.warn("a server of the list was away for longer than deletions are remembered");
    }
    if (lost || asked || (due && position > 0 && last != null)) {
      asked = false;
      compare(peer);
    } else if (last == null) {
      compared = clock.instant();
    }
  }

  /** Finds what differs, sends what is missing there and has removed what is deleted here. */
  void compare(Identity known) throws PeerException, InterruptedException {
    long revision = store.revision();
    Identity peer =
        client
            .ask(server, "identity", Map.of(), IDENTITY)
            .orElseThrow(() -> new PeerException("it does not compare any more"));
    Map<String, Long> own = peers.hashes();
    TreeSet<String> ranges = new TreeSet<>(own.keySet());
    ranges.addAll(peer.hashes().keySet());
    List<Integer> differing =
        ranges.stream()
            .filter(range -> !Objects.equals(own.get(range), peer.hashes().get(range)))
            .map(Integer::valueOf)
            .toList();
    for (int at = 0; at < differing.size(); at += RANGES_AT_ONCE) {
      List<Integer> some =
          List.copyOf(differing.subList(at, Math.min(at + RANGES_AT_ONCE, differing.size())));
      mend(known.origin(), peers.comparison(some));
    }
    position = Math.max(position, revision);
    peers.setPosition(server, position);
    compared = clock.instant();
  }

  private void mend(String receiver, Comparison comparison)
      throws PeerException, InterruptedException {
    Compared answer =
        client
            .ask(server, "compare", comparison, Argument.of(Compared.class))
            .orElseThrow(() -> new PeerException("it does not compare any more"));
    mended.addAndGet(answer.removed() + answer.wanted().size());
    List<Wanted> wanted = new ArrayList<>(answer.wanted());
    while (!wanted.isEmpty()) {
      List<Wanted> some = wanted.subList(0, Math.min(ChangeLimits.ROWS, wanted.size()));
      List<Row> rows = new ArrayList<>(peers.rows(some));
      some.clear();
      while (!rows.isEmpty()) {
        int count = fitting(rows);
        send(receiver + "?", List.copyOf(rows.subList(0, count)), 0);
        rows.subList(0, count).clear();
      }
    }
  }

  /** How many of them go together; at least one. */
  private static int fitting(List<Row> rows) {
    long bytes = 0;
    for (int at = 0; at < rows.size(); at++) {
      bytes += rows.get(at).bytes();
      if (at > 0 && bytes > ChangeLimits.BYTES) {
        return at;
      }
    }
    return rows.size();
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      // A step that goes on ends with the database that it works on.
      boolean _ = thread.join(LONGEST_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

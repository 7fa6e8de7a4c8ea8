package io.pulzar.records;

import io.pulzar.http.ApiException;
import io.pulzar.records.PeerClient.Answered;
import io.pulzar.records.PeerClient.PeerException;
import io.pulzar.records.RecordCache.Cached;
import io.pulzar.records.RecordOperations.CacheQuestion;
import io.pulzar.records.RecordOperations.Remembered;
import io.pulzar.records.RecordOperations.WriteOrder;
import io.pulzar.records.WriteAnswer.Outcome;
import io.pulzar.records.WriteCondition.Presence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code ?cache} asks for: this installation stores nothing, but writes at the servers of its
 * list, reads from them, and remembers what they said for as long as that is surely true.
 */
final class Front implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private final Elsewhere elsewhere;
  private final PeerClient client;
  private final RecordCache cache;
  private final CacheFollower follower;
  private final Terms terms;
  private final Clock clock;
  private final Executor threads;

  Front(
      Elsewhere elsewhere,
      PeerClient client,
      RecordCache cache,
      CacheFollower follower,
      Terms terms,
      Clock clock,
      Executor threads) {
    this.elsewhere = elsewhere;
    this.client = client;
    this.cache = cache;
    this.follower = follower;
    this.terms = terms;
    this.clock = clock;
    this.threads = threads;
  }

  /** Who stamps a text that is written through here. */
  enum Stamp {
    /** The first server; the others get its record. */
    ONE,
    /** Each server its own, as the original had it. */
    EACH
  }

  /**
   * How long what a server said counts.
   *
   * @param lease since it was last heard from, where it tells of changes
   * @param ttl since it said it, where it doesn't
   * @param follows whether servers are asked what changes
   */
  record Terms(Duration lease, Duration ttl, boolean follows, Stamp stamp) {}

  CompletionStage<Remembered> find(CacheQuestion question) {
    return CompletableFuture.supplyAsync(() -> findNow(question), threads);
  }

  private Remembered findNow(CacheQuestion question) {
    String uid = question.uid();
    Instant now = clock.instant();
    Cached known = cache.get(uid).orElse(null);
    if (known != null && !question.asks() && isFresh(known, now)) {
      return new Remembered(known.row(), "hit", known.age(now).toSeconds());
    }
    if (known != null && isUnchanged(uid, known)) {
      Cached heard = known.heardAt(now);
      remember(uid, heard);
      return new Remembered(known.row(), "revalidated", known.age(now).toSeconds());
    }
    cache.remove(uid);
    Optional<Elsewhere.FoundAt> found = elsewhere.findNow(uid);
    found.ifPresent(at -> remember(uid, told(at, now)));
    return new Remembered(found.map(Elsewhere.FoundAt::row).orElse(null), "miss", 0);
  }

  private boolean isFresh(Cached known, Instant now) {
    if (!known.versioned()) {
      return Duration.between(known.heard(), now).compareTo(terms.ttl()) < 0;
    }
    Instant followed = follower.heard(known.server(), known.heard());
    Instant heard = followed.isAfter(known.heard()) ? followed : known.heard();
    return Duration.between(heard, now).compareTo(terms.lease()) < 0;
  }

  private boolean isUnchanged(String uid, Cached known) {
    if (!known.versioned()) {
      return false;
    }
    try {
      return client
              .unlessStill(
                  known.server(), Elsewhere.path(uid), known.row().record().version().toString())
              .status()
          == 304;
    } catch (PeerException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Cached told(Elsewhere.FoundAt at, Instant now) {
    return new Cached(at.row(), at.server(), at.versioned(), now, now);
  }

  private void remember(String uid, Cached cached) {
    cache.put(uid, cached);
    if (terms.follows() && cached.versioned()) {
      follower.follow(cached.server());
    }
  }

  /** Writes or deletes at all servers. */
  CompletionStage<WriteAnswer> write(WriteOrder order) {
    cache.remove(order.name());
    String text = order.text();
    if (text == null) {
      return elsewhere
          .delete(order.name())
          .thenApply(found -> new WriteAnswer(found ? Outcome.DELETED : Outcome.MISSING, null));
    }
    return CompletableFuture.supplyAsync(
        () -> terms.stamp() == Stamp.ONE ? writeOnce(order, text) : writeEach(order, text),
        threads);
  }

  /** The first server that can be reached decides; the others get what became of it. */
  private WriteAnswer writeOnce(WriteOrder order, String text) {
    List<PeerServer> others = new ArrayList<>(elsewhere.asked());
    for (PeerServer server : elsewhere.asked()) {
      Answered answer = sent(server, order, text);
      if (answer == null) {
        continue;
      }
      others.remove(server);
      WriteAnswer said = said(order.name(), server, answer);
      if (said.outcome() == Outcome.STORED) {
        others.forEach(other -> copy(other, order.name(), answer.body()));
      }
      return said;
    }
    throw Elsewhere.unsure();
  }

  private void copy(PeerServer server, String uid, String record) {
    try {
      Answered answer =
          client.send(server, "PUT", Elsewhere.path(uid) + "?mirror=1", Optional.of(record));
      if (answer.status() != 200) {
        LOG.warn("{} does not take a text written through here: {}", server.url(), answer.status());
      }
    } catch (PeerException e) {
      LOG.warn("{} did not get a text written through here: {}", server.url(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Every server makes a record of its own; the answer is that of the last one. */
  private WriteAnswer writeEach(WriteOrder order, String text) {
    WriteAnswer last = null;
    for (PeerServer server : elsewhere.asked()) {
      Answered answer = sent(server, order, text);
      last = answer == null ? last : said(order.name(), server, answer);
    }
    if (last == null) {
      throw Elsewhere.unsure();
    }
    return last;
  }

  private @Nullable Answered sent(PeerServer server, WriteOrder order, String text) {
    Presence wanted = order.condition().presence();
    String path =
        Elsewhere.path(order.name())
            + (wanted == Presence.ANY ? "?create=1" : "?")
            + (order.ttl() > 0 ? "&ttl=" + order.ttl() + "ms" : "");
    try {
      return client.send(
          server, wanted == Presence.ABSENT ? "POST" : "PUT", path, Optional.of(text));
    } catch (PeerException e) {
      LOG.warn("{} was left out of a write: {}", server.url(), e.getMessage());
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private WriteAnswer said(String uid, PeerServer server, Answered answer) {
    return switch (answer.status()) {
      case 200 -> {
        Elsewhere.FoundAt at = elsewhere.found(uid, server, answer);
        remember(uid, told(at, clock.instant()));
        yield new WriteAnswer(Outcome.STORED, at.row());
      }
      case 404 -> new WriteAnswer(Outcome.MISSING, null);
      case 400 -> new WriteAnswer(Outcome.EXISTS, null);
      // Of this server's credentials, not of the client's.
      case 401, 403 -> throw Elsewhere.unsure();
      default ->
          throw new ApiException(
              answer.status() < 500 ? answer.status() : 503,
              "server_refuses",
              String.format(Locale.ROOT, "a server answers with status %d", answer.status()),
              null,
              null);
    };
  }

  @Override
  public void close() {
    follower.close();
  }
}

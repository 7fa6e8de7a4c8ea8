package io.pulzar.keys;

import static io.pulzar.keys.KeyTables.BUCKET;
import static io.pulzar.keys.KeyTables.GARBAGE;
import static io.pulzar.keys.KeyTables.OBJECTS;

import io.pulzar.keys.KeyTables.Dropped;
import io.pulzar.keys.KeyTables.Garbage;
import io.pulzar.keys.KeyTables.ObjectRow;
import io.pulzar.settings.BadSettingException;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.WriteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What the index knows of the bucket: which objects there are to be, which are to go, and whose the
 * bucket is.
 *
 * <p>What must stay true: an object that a key stands for has a row here, made in the transaction
 * that made the key stand for it. What has no row is rubbish, or not yet recorded; it is condemned
 * in a transaction before it is removed, and what is condemned is never recorded any more.
 */
public final class ObjectIndex {

  /** Stands where a key would, for what never had one. */
  private static final String NO_KEY = "/no-key";

  /** Numbers begin above the time, so that an index of yesterday gives none of today's again. */
  private static final int PER_MILLISECOND = 20;

  private static final String NUMBERS = "numbers";
  private static final String URL = "url";
  private static final String OWNER = "owner";
  private static final String STARTS = "starts";
  private static final String RESTORED = "restored";
  private static final String MOVE = "move";

  /** Under which the storage knows who has seen that it was put back from a backup. */
  private static final String READER = "bucket";

  private final Database database;
  private final InstantSource clock;

  ObjectIndex(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A key's value with the checksums of its blocks; those are empty when it is on nodes. */
  public static final class Found {

    private final Location location;
    private final byte[] blocks;

    private Found(Location location, byte[] blocks) {
      this.location = location;
      this.blocks = blocks;
    }

    public Location location() {
      return location;
    }

    /** Four bytes for each block; not to be changed. */
    public byte[] blocks() {
      return blocks;
    }
  }

  /** An object that is to be there, and the key that it was written under. */
  public record Expected(long id, String key) {}

  /**
   * What is known of the bucket.
   *
   * @param owner names the installation whose it is
   * @param starts how often a master has begun to use it
   * @param restored when it was found that the index is older than the bucket; empty: never
   */
  record Claim(String url, String owner, long starts, Optional<Instant> restored) {

    Claim restoredAt(Instant moment) {
      return new Claim(url, owner, starts, Optional.of(moment));
    }
  }

  /** A key's value, both seen at one moment. */
  public Optional<Found> find(Key key) {
    Instant now = clock.instant();
    return database.read(
        transaction ->
            IndexChanges.find(transaction, key)
                .filter(location -> !location.expiredAt(now))
                .map(location -> found(transaction, location)));
  }

  private static Found found(ReadTransaction transaction, Location location) {
    byte[] blocks =
        location.isInBucket()
            ? transaction
                .get(OBJECTS, location.id())
                .map(ObjectRow::blocks)
                .orElseGet(() -> new byte[0])
            : new byte[0];
    return new Found(location, blocks);
  }

  /** Refuses to do without the bucket when there is something in it. */
  void requireNone() {
    Optional<Claim> claim = claim();
    if (claim.isPresent() && hasValues()) {
      throw new BadSettingException(
          "values of this installation are in the bucket "
              + claim.get().url()
              + ", and pulzar.values is not set: set it again. To leave the bucket, set"
              + " pulzar.values.leave too, and have pulzar values move bring them to the nodes");
    }
  }

  /** Whether keys stand for something in the bucket; what only is to be removed does not count. */
  private boolean hasValues() {
    return database.read(
        transaction -> {
          boolean[] found = {false};
          transaction.scanKeys(
              OBJECTS,
              Range.all(),
              id -> {
                found[0] = !transaction.contains(GARBAGE, new Garbage(Location.BUCKET, id));
                return !found[0];
              });
          return found[0];
        });
  }

  /** Whether nothing is in the bucket that counts. */
  boolean isEmpty() {
    return database.read(transaction -> transaction.first(OBJECTS, Range.all()).isEmpty());
  }

  /** Numbers that were never given before; the first of {@code count}. */
  CompletionStage<Long> numbers(int count) {
    Instant now = clock.instant();
    return database.write(
        transaction -> {
          long first = next(transaction, now);
          transaction.put(BUCKET, NUMBERS, Long.toString(first + count));
          return first;
        });
  }

  /** The lowest number that was never given. */
  long nextNumber() {
    return database.read(transaction -> number(transaction, NUMBERS));
  }

  Optional<Claim> claim() {
    return database.read(
        transaction ->
            transaction
                .get(BUCKET, OWNER)
                .map(
                    owner ->
                        new Claim(
                            transaction.get(BUCKET, URL).orElse(""),
                            owner,
                            number(transaction, STARTS),
                            transaction.get(BUCKET, RESTORED).map(Instant::parse))));
  }

  /**
   * Notes what is known of the bucket; and that the index is older than it, if the storage was put
   * back from a backup since the last time.
   */
  CompletionStage<Claim> note(Claim known) {
    Instant now = clock.instant();
    return database.write(
        transaction -> {
          Claim claim =
              transaction.afterRestore(READER).isPresent() ? known.restoredAt(now) : known;
          transaction.put(BUCKET, URL, claim.url());
          transaction.put(BUCKET, OWNER, claim.owner());
          transaction.put(BUCKET, STARTS, Long.toString(claim.starts()));
          // What is there now was looked at.
          transaction.put(BUCKET, NUMBERS, Long.toString(next(transaction, now)));
          claim.restored().ifPresent(since -> transaction.put(BUCKET, RESTORED, since.toString()));
          return claim;
        });
  }

  /** Which values are to be moved: of a node, or with an empty name all; absent: none. */
  Optional<String> wantedMove() {
    return database.read(transaction -> transaction.get(BUCKET, MOVE));
  }

  /** Notes it. */
  CompletionStage<Boolean> wantMove(Optional<String> wanted) {
    return database.write(
        transaction -> {
          wanted.ifPresentOrElse(
              node -> transaction.put(BUCKET, MOVE, node), () -> transaction.delete(BUCKET, MOVE));
          return wanted.isPresent();
        });
  }

  private static long next(ReadTransaction transaction, Instant now) {
    return Math.max(now.toEpochMilli() << PER_MILLISECOND, number(transaction, NUMBERS));
  }

  private static long number(ReadTransaction transaction, String name) {
    return transaction.get(BUCKET, name).map(Long::parseLong).orElse(0L);
  }

  /**
   * Objects that are to be there, in the order of their numbers.
   *
   * @param after only higher ones
   */
  public List<Expected> page(long after, int limit) {
    return database.read(
        transaction ->
            transaction.page(OBJECTS, Range.after(after), limit).stream()
                .map(entry -> new Expected(entry.key(), entry.value().key()))
                .toList());
  }

  /** The numbers from one to another that are to be there, or to be removed. */
  public Set<Long> known(long first, long last) {
    Set<Long> known = new HashSet<>();
    return database.read(
        transaction -> {
          known.clear();
          transaction.scanKeys(OBJECTS, Range.from(first).upTo(last), known::add);
          transaction.scanKeys(
              GARBAGE,
              Range.from(new Garbage(Location.BUCKET, first))
                  .upTo(new Garbage(Location.BUCKET, last)),
              garbage -> known.add(garbage.id()));
          return known;
        });
  }

  /**
   * Decides that objects are to go that nothing stands for; from now on nothing will.
   *
   * @param delay until they are removed; longer than a recording can be on its way
   * @return how many; what was recorded meanwhile stays
   */
  public CompletionStage<Integer> condemn(List<Long> ids, Duration delay) {
    List<Long> asked = List.copyOf(ids);
    Instant from = clock.instant().plus(delay);
    return database.write(transaction -> condemn(transaction, asked, from));
  }

  private static int condemn(WriteTransaction transaction, List<Long> ids, Instant from) {
    List<Long> rubbish = new ArrayList<>();
    for (long id : ids) {
      Garbage garbage = new Garbage(Location.BUCKET, id);
      if (!transaction.contains(OBJECTS, id)
          && transaction.putIfAbsent(GARBAGE, garbage, new Dropped(NO_KEY, from))) {
        rubbish.add(id);
      }
    }
    return rubbish.size();
  }
}

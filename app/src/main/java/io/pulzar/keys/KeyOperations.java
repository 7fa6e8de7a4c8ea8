package io.pulzar.keys;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.link.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What master and nodes ask each other about values. Each may be repeated without harm. */
public final class KeyOperations {

  /** Node to master: make this value visible. */
  public static final Operation<Registration, Recorded> RECORD =
      Operation.of("keys.record", Registration.class, Recorded.class);

  /**
   * Node to master: which of these versions does the index point to? The others never will be, and
   * the node drops them.
   */
  public static final Operation<Settlement, Versions> SETTLE =
      Operation.of("keys.settle", Settlement.class, Versions.class);

  /** Node to master: here is all about values that I hold; add what the index lacks. */
  public static final Operation<Holdings, Count> ADOPT =
      Operation.of("keys.adopt", Holdings.class, Count.class).patient(Duration.ofMinutes(1));

  /**
   * Node to master: I have contents under these numbers, and no record of them. Which of them do
   * keys stand for? Goes through the whole index.
   */
  public static final Operation<Identification, Holdings> IDENTIFY =
      Operation.of("keys.identify", Identification.class, Holdings.class)
          .patient(Duration.ofMinutes(10));

  /**
   * Master to node: nobody is to read these versions any more. Answered at once; only a crash of
   * the node could bring them back, until it is asked to {@link #REMOVE} them.
   */
  public static final Operation<Versions, Count> HIDE =
      Operation.of("values.hide", Versions.class, Count.class);

  /** Master to node: drop these versions. Answered once they are gone for good. */
  public static final Operation<Versions, Count> REMOVE =
      Operation.of("values.remove", Versions.class, Count.class);

  /**
   * Master to node: read these values from the disk and say what they are and whether they are
   * whole.
   */
  public static final Operation<InspectQuestion, Inspected> INSPECT =
      Operation.of("values.inspect", InspectQuestion.class, Inspected.class)
          .patient(Duration.ofMinutes(30));

  /** Master to node: which of these versions can be read at you? */
  public static final Operation<Versions, Versions> HELD =
      Operation.of("values.held", Versions.class, Versions.class).patient(Duration.ofMinutes(1));

  /** Master to node: how many files belong to no value? */
  public static final Operation<SweepQuestion, Count> SWEEP =
      Operation.of("values.sweep", SweepQuestion.class, Count.class)
          .patient(Duration.ofMinutes(10));

  /** Master to node: which of your records can't be read? Reads all of them. */
  public static final Operation<UnreadableQuestion, Names> UNREADABLE =
      Operation.of("values.unreadable", UnreadableQuestion.class, Names.class)
          .patient(Duration.ofMinutes(10));

  /**
   * Master to node: get this value from the node that has it, and keep it hidden until you are told
   * to {@link #SHOW} it.
   */
  public static final Operation<CopyQuestion, Replica> COPY =
      Operation.of("values.copy", CopyQuestion.class, Replica.class);

  /** Master to node: these versions count now. */
  public static final Operation<Versions, Count> SHOW =
      Operation.of("values.show", Versions.class, Count.class);

  /** Node to master: does my version of this key count? Fails with 404 {@code key_not_found}. */
  public static final Operation<StandingQuestion, Standing> STANDING =
      Operation.of("keys.standing", StandingQuestion.class, Standing.class);

  /** Node to master: where is this key's value? Fails with 404 {@code key_not_found}. */
  public static final Operation<KeyQuestion, Placed> LOCATE =
      Operation.of("keys.locate", KeyQuestion.class, Placed.class);

  /** Node to master, for a script: delete this key; counts 0 when there is none. */
  public static final Operation<KeyQuestion, Count> DELETE =
      Operation.of("keys.delete", KeyQuestion.class, Count.class);

  /** Node to master: one page of all keys, or of those that begin with a prefix. */
  public static final Operation<PageQuestion, KeyPage> PAGE =
      Operation.of("keys.page", PageQuestion.class, KeyPage.class);

  /** Node to master: the keys that contain a text. */
  public static final Operation<SearchQuestion, SearchResult> SEARCH =
      Operation.of("keys.search", SearchQuestion.class, SearchResult.class);

  /** Node to master: numbers for objects in the bucket, each given once. */
  public static final Operation<NumbersQuestion, Numbers> NUMBERS =
      Operation.of("objects.numbers", NumbersQuestion.class, Numbers.class);

  /** Node to master: make this value, which is complete in the bucket, visible. */
  public static final Operation<ObjectRegistration, Recorded> RECORD_OBJECT =
      Operation.of("objects.record", ObjectRegistration.class, Recorded.class);

  /**
   * Node to master: what is this key's value, and where are its bytes? Fails with 404 {@code
   * key_not_found}.
   */
  public static final Operation<KeyQuestion, FoundObject> FIND_OBJECT =
      Operation.of("objects.find", KeyQuestion.class, FoundObject.class);

  /**
   * Master to node: write this version of yours into the bucket, read it back, and tell where it
   * is. Fails with 404 {@code key_not_found}, 500 {@code value_damaged}, 503 {@code
   * bucket_unavailable}.
   */
  public static final Operation<Registration, MovedObject> MOVE =
      Operation.of("values.move", Registration.class, MovedObject.class)
          .patient(Duration.ofMinutes(5));

  private KeyOperations() {}

  /** An operation that has the time that it takes to copy so many bytes to several nodes. */
  public static <Q, A> Operation<Q, A> forBytes(Operation<Q, A> operation, long bytes) {
    return operation.patient(operation.patience().plusSeconds(bytes / SLOWEST_COPY));
  }

  /** Bytes a second, below which a copy counts as failed. */
  private static final long SLOWEST_COPY = 1 << 20;

  /**
   * A value that its node has on disk. Moments are milliseconds since 1970.
   *
   * @param expires absent: never
   * @param replace whether an existing value gives way
   * @param version names the content on all nodes that share it; 0: this node does not share it
   * @param asked how many copies its writer asked for; 0: nothing
   * @param ifMatch its writer's header, and {@code ifNoneMatch} too
   */
  @Serdeable
  public record Registration(
      String key,
      String node,
      long id,
      long size,
      int checksum,
      long written,
      @Nullable Long expires,
      boolean replace,
      long version,
      int asked,
      @Nullable String ifMatch,
      @Nullable String ifNoneMatch) {

    WriteCondition condition() {
      return new WriteCondition(replace, ifMatch, ifNoneMatch);
    }

    public Location location() {
      return new Location(
          node,
          id,
          size,
          checksum,
          Instant.ofEpochMilli(written),
          Optional.ofNullable(expires).map(Instant::ofEpochMilli),
          version == 0 ? ReplicaSet.NONE : new ReplicaSet(version, asked, List.of()));
    }

    public static Registration of(Key key, Replica copy, Location location) {
      return new Registration(
          key.path(),
          copy.node(),
          copy.id(),
          location.size(),
          location.checksum(),
          location.written().toEpochMilli(),
          location.expires().map(Instant::toEpochMilli).orElse(null),
          true,
          location.version(),
          location.sharing().asked(),
          null,
          null);
    }
  }

  /** Asks for numbers. */
  @Serdeable
  public record NumbersQuestion(int count) {}

  /**
   * Numbers of objects.
   *
   * @param first and the others follow it
   * @param owner what the bucket's marker has to say, so that nobody writes into another bucket
   */
  @Serdeable
  public record Numbers(long first, int count, String owner) {}

  /**
   * A value that is complete in the bucket.
   *
   * @param value with {@link Location#BUCKET} as its node
   * @param blocks CRC-32C of each of its blocks, four bytes each, as Base64
   */
  @Serdeable
  public record ObjectRegistration(Registration value, String blocks) {}

  /**
   * A key's value and where its bytes are.
   *
   * @param blocks as in {@link ObjectRegistration}; empty when it is on nodes
   * @param url where to read it, when it is on nodes
   * @param owner as in {@link Numbers}
   */
  @Serdeable
  public record FoundObject(
      Registration value, String blocks, @Nullable String url, String owner) {}

  /**
   * A value of a node that is complete in the bucket too.
   *
   * @param id of the object
   * @param blocks checksums of its blocks, four bytes each, in Base64
   */
  @Serdeable
  public record MovedObject(long id, String blocks) {}

  /** What became of a registration. */
  public enum Outcome {
    RECORDED,
    EXISTS,
    UNMET,
    WITHDRAWN
  }

  /**
   * The answer to a registration.
   *
   * @param replacedNode where the value was that gave way; absent when there was none
   * @param replacedId its version there
   */
  @Serdeable
  public record Recorded(Outcome outcome, @Nullable String replacedNode, long replacedId) {}

  /**
   * Versions of which their node does not know whether they were recorded.
   *
   * @param adopt whether versions that the index points to are kept; otherwise they are taken out
   *     of the index, because their writers were told that the write failed
   */
  @Serdeable
  public record Settlement(String node, List<ValueVersion> versions, boolean adopt) {}

  /** Numbers of versions of a node that knows nothing else of them. */
  @Serdeable
  public record Identification(String node, List<Long> ids) {}

  /** Versions of one node. */
  @Serdeable
  public record Versions(List<ValueVersion> versions) {}

  /** What a node holds; {@link Registration#replace()} has no meaning here. */
  @Serdeable
  public record Holdings(List<Registration> values) {}

  /**
   * Asks for a page of a node's versions.
   *
   * @param after the last one of the page before; absent: from the start
   */
  @Serdeable
  public record InspectQuestion(@Nullable ValueVersion after) {}

  /**
   * A version that a node holds.
   *
   * @param damage what is wrong with its bytes; absent: nothing
   */
  @Serdeable
  public record Held(Registration value, @Nullable String damage) {}

  /**
   * A page of versions.
   *
   * @param next what to ask for the next page; absent: this was the last
   */
  @Serdeable
  public record Inspected(List<Held> values, @Nullable ValueVersion next) {}

  /**
   * Asks for files without a value.
   *
   * @param remove whether they are removed
   */
  @Serdeable
  public record SweepQuestion(boolean remove) {}

  /** Asks for records that can't be read. */
  @Serdeable
  public record UnreadableQuestion() {}

  /** Names, for a person. */
  @Serdeable
  public record Names(List<String> names) {}

  /** How many were affected. */
  @Serdeable
  public record Count(int count) {}

  /**
   * Asks for a copy.
   *
   * @param value as the node has it that it comes from
   * @param url of that node
   */
  @Serdeable
  public record CopyQuestion(Registration value, String url) {}

  /**
   * Asks about a version.
   *
   * @param node who asks
   * @param id of its version; 0: it has none
   */
  @Serdeable
  public record StandingQuestion(String node, String key, long id) {}

  /**
   * Whether a version is its key's value.
   *
   * @param url where to read the value instead; absent: at no other node that is online
   */
  @Serdeable
  public record Standing(boolean counts, @Nullable String url) {}

  /** Asks about one key. */
  @Serdeable
  public record KeyQuestion(String key) {}

  /**
   * Where a value is.
   *
   * @param node the node's name
   * @param url where to read it
   * @param written when its content was written, in milliseconds since 1970
   */
  @Serdeable
  public record Placed(String key, String node, String url, long size, long written) {}

  /**
   * Asks for a page of keys.
   *
   * @param after only keys above it; absent: from the start
   */
  @Serdeable
  public record PageQuestion(@Nullable String prefix, @Nullable String after, int limit) {}

  /**
   * A page of keys.
   *
   * @param next what to ask for the next page; absent: this was the last
   */
  @Serdeable
  public record KeyPage(List<ListedKey> keys, @Nullable String next) {}

  /**
   * A key in a page.
   *
   * @param node the node's host and port
   * @param date in milliseconds since 1970
   */
  @Serdeable
  public record ListedKey(String key, String node, long date) {}

  /** The parameters of search, as the client wrote them. */
  @Serdeable
  public record SearchQuestion(
      String text, @Nullable String eq, @Nullable String lt, @Nullable String gt, int limit) {}

  /** What a search found, sorted by key. */
  @Serdeable
  public record SearchResult(List<FoundKey> found) {}

  /**
   * A key that fits.
   *
   * @param url where to read the value
   */
  @Serdeable
  public record FoundKey(String key, String url) {}
}

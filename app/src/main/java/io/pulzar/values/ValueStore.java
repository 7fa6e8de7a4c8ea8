package io.pulzar.values;

import static io.pulzar.values.ValueTables.UNCONFIRMED;
import static io.pulzar.values.ValueTables.VALUES;

import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.StoredName;
import io.pulzar.keys.ValueVersion;
import io.pulzar.keys.WriteSteps;
import io.pulzar.keys.WriteSteps.Step;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.WriteTransaction;
import io.pulzar.values.DeferredWrites.Later;
import io.pulzar.values.ValueTables.VersionName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions of values that a node holds, durable and each either visible or hidden. */
final class ValueStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ValueStore.class);

  private final Database database;
  private final ValueFiles files;
  private final Executor disk;
  private final WriteSteps steps;
  private final VersionIds ids;
  private final long firstId;
  private final HiddenVersions hiding = new HiddenVersions();
  private final DeferredWrites later = new DeferredWrites();
  private final VisibleVersions visible;

  /**
   * Hides at once what a crash left unconfirmed; see {@link #unsettled}.
   *
   * @param disk for removing files, which may take long
   */
  ValueStore(
      Database database, ValueFiles files, InstantSource clock, Executor disk, WriteSteps steps) {
    this.steps = steps;
    this.database = database;
    this.files = files;
    this.visible = new VisibleVersions(database, hiding, clock);
    this.disk = disk;
    this.ids = new VersionIds(database, clock.instant());
    this.firstId = ids.next();
    unconfirmed().forEach(version -> hiding.hide(version.id(), HiddenVersions.Reason.UNSETTLED));
  }

  long nextId() {
    return ids.next();
  }

  /** All versions of before this start have lower ones, all others higher ones. */
  long firstId() {
    return firstId;
  }

  ValueFiles files() {
    return files;
  }

  /**
   * The value of a key as everybody sees it.
   *
   * @throws ApiException 503 {@code value_unsettled} while a crash's traces are being cleared up
   */
  Optional<StoredValue> find(Key key) {
    return visible.find(key);
  }

  /**
   * The version of a key that the master named. That it did shows that it points to it, so the
   * version is visible from now on.
   *
   * @param version the same on all nodes
   */
  Optional<StoredValue> findVersion(Key key, long version) {
    Optional<StoredValue> found = visible.any(key, value -> value.version() == version);
    found.map(StoredValue::id).filter(id -> !isVisible(id)).ifPresent(this::confirm);
    return found;
  }

  /** A version that is not being removed, visible or not. */
  Optional<StoredValue> version(Key key, long id) {
    return visible.any(key, value -> value.id() == id);
  }

  /** Remembers that other nodes get copies of a version. */
  CompletionStage<StoredValue> share(StoredValue value) {
    if (value.shared().isShared()) {
      return CompletableFuture.completedStage(value);
    }
    StoredValue shared = value.shared(new ReplicationState(value.id(), 0));
    VersionName name = nameOf(value.key(), value.id());
    return write(
        transaction -> {
          if (transaction.contains(VALUES, name)) {
            transaction.put(VALUES, name, shared);
          }
          return shared;
        });
  }

  /**
   * Makes a version durable, and hides it until it is confirmed. A file must be published; when the
   * row can't be kept, it goes.
   */
  CompletionStage<StoredValue> keep(StoredValue value) {
    hiding.hide(value.id(), HiddenVersions.Reason.UNCONFIRMED);
    return write(
            transaction -> {
              transaction.put(VALUES, nameOf(value.key(), value.id()), value);
              transaction.put(UNCONFIRMED, value.id(), value.key());
              return value;
            })
        .whenComplete(
            (kept, failure) -> {
              if (failure != null) {
                clearAway(List.of(new ValueVersion(value.key(), value.id())));
              } else {
                steps.reached(Step.KEPT);
              }
            });
  }

  /** Takes in a version of which the master, but not this store, has a record. */
  CompletionStage<Boolean> readopt(StoredValue value) {
    return write(
        transaction -> transaction.putIfAbsent(VALUES, nameOf(value.key(), value.id()), value));
  }

  /** The master points to this version: from now on it is visible. */
  void confirm(long id) {
    hiding.show(id);
    later.add(transaction -> transaction.delete(UNCONFIRMED, id), () -> {});
  }

  /**
   * Nobody knows whether the master points to this version.
   *
   * @param adopt whether it counts if the master does
   */
  void unsettle(long id, boolean adopt) {
    hiding.hide(id, adopt ? HiddenVersions.Reason.UNSETTLED : HiddenVersions.Reason.WITHDRAWN);
  }

  /** The same for one that was hidden until it is confirmed, and has waited too long for it. */
  void doubt(long id) {
    hiding.change(id, HiddenVersions.Reason.UNCONFIRMED, HiddenVersions.Reason.UNSETTLED);
  }

  /** The version is gone for everybody from now on, and from the disk soon. */
  void drop(ValueVersion version) {
    hiding.hide(version.id(), HiddenVersions.Reason.DROPPED);
    later.add(transaction -> delete(transaction, version), () -> clearAway(List.of(version)));
  }

  /** The same, complete when the version can't come back. */
  CompletionStage<Integer> remove(List<ValueVersion> versions) {
    List<ValueVersion> gone = List.copyOf(versions);
    gone.forEach(version -> hiding.hide(version.id(), HiddenVersions.Reason.DROPPED));
    return write(
            transaction ->
                (int) gone.stream().filter(version -> delete(transaction, version)).count())
        .whenComplete(
            (count, failure) -> {
              if (failure == null) {
                clearAway(gone);
              }
            });
  }

  /** Whether the version was dropped or removed, and something of it may still be here. */
  boolean isLeaving(long id) {
    return hiding.isHidden(id, HiddenVersions.Reason.DROPPED);
  }

  /** The versions of which only the master knows whether it points to them. */
  List<ValueVersion> unsettled() {
    return unconfirmed(HiddenVersions.Reason.UNSETTLED);
  }

  /** The versions that are to be taken out of the master's index, if they are in it. */
  List<ValueVersion> withdrawn() {
    return unconfirmed(HiddenVersions.Reason.WITHDRAWN);
  }

  private List<ValueVersion> unconfirmed(HiddenVersions.Reason reason) {
    return hiding.isEmpty()
        ? List.of()
        : unconfirmed().stream().filter(version -> hiding.isHidden(version.id(), reason)).toList();
  }

  /** What has not been confirmed to the disk; some of it may be under way. */
  private List<ValueVersion> unconfirmed() {
    return database.read(
        transaction ->
            transaction.page(UNCONFIRMED, Range.all(), Integer.MAX_VALUE).stream()
                .map(entry -> new ValueVersion(entry.value(), entry.key()))
                .toList());
  }

  /**
   * Versions in the order of their names.
   *
   * @param after the last one of the page before; empty: from the start
   */
  List<StoredValue> page(Optional<ValueVersion> after, int limit) {
    Range<VersionName> range =
        after.map(last -> Range.after(nameOf(last.key(), last.id()))).orElseGet(Range::all);
    return database.read(
        transaction -> transaction.page(VALUES, range, limit).stream().map(Entry::value).toList());
  }

  /** The names of the records that can't be read. */
  List<String> unreadable() {
    return database.verify();
  }

  /** Names every version, visible or not. */
  void forEachId(LongConsumer visitor) {
    database.read(
        transaction -> {
          transaction.scanKeys(
              VALUES,
              Range.all(),
              version -> {
                visitor.accept(version.id());
                return true;
              });
          return visitor;
        });
  }

  /** Those of these versions that are here and visible. */
  List<ValueVersion> held(List<ValueVersion> versions) {
    return database.read(
        transaction ->
            versions.stream()
                .filter(version -> isVisible(version.id()))
                .filter(
                    version -> transaction.contains(VALUES, nameOf(version.key(), version.id())))
                .toList());
  }

  /** Whether this version is here and visible. */
  boolean holds(StoredValue value) {
    return !held(List.of(new ValueVersion(value.key(), value.id()))).isEmpty();
  }

  boolean isVisible(long id) {
    return hiding.isVisible(id);
  }

  /** Writes what waits to be tidied up, if anything does. */
  void tidy() {
    if (!later.isEmpty()) {
      write(transaction -> true)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  LOG.warn("tidying up values failed and is repeated: {}", failure.getMessage());
                }
              });
    }
  }

  /** Tidies up and closes; nothing may be under way. */
  @Override
  public void close() {
    tidy();
    database.close();
  }

  /** Runs a change together with what waits to be tidied up. */
  private <R> CompletionStage<R> write(Function<WriteTransaction, R> body) {
    List<Later> along = later.take();
    return database
        .write(
            transaction -> {
              along.forEach(change -> change.change().accept(transaction));
              return body.apply(transaction);
            })
        .whenComplete(
            (result, failure) -> {
              if (failure == null) {
                along.forEach(change -> change.afterwards().run());
              } else {
                later.putBack(along);
              }
            });
  }

  private static boolean delete(WriteTransaction transaction, ValueVersion version) {
    transaction.delete(UNCONFIRMED, version.id());
    return transaction.delete(VALUES, nameOf(version.key(), version.id()));
  }

  private void clearAway(List<ValueVersion> gone) {
    steps.reached(Step.DROPPED);
    disk.execute(
        () -> {
          gone.forEach(version -> deleteFile(version.id()));
          gone.forEach(version -> hiding.forget(version.id()));
        });
  }

  private void deleteFile(long id) {
    try {
      files.delete(id);
    } catch (IOException e) {
      LOG.warn("the file of value {} stays until the next check: {}", id, e.getMessage());
    }
  }

  private static VersionName nameOf(String key, long id) {
    return new VersionName(StoredName.of(new Key(key)), id);
  }
}

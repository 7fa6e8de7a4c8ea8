package io.pulzar.values;

import io.pulzar.bucket.About;
import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.bucket.BucketException.Reason;
import io.pulzar.bucket.HeldObject;
import io.pulzar.bucket.OnBucket;
import io.pulzar.keys.BucketSweep;
import io.pulzar.keys.Key;
import io.pulzar.keys.KeyIndex;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.Location;
import io.pulzar.keys.ObjectIndex;
import io.pulzar.keys.Replica;
import io.pulzar.keys.WriteCondition;
import io.pulzar.roles.OnMaster;
import io.pulzar.values.StoredValue.Content;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what is in the bucket, and looks for objects there that no key stands for. */
@OnMaster
@OnBucket
@Singleton
public final class BucketCheck {

  private final Bucket bucket;
  private final KeyIndex index;
  private final ObjectIndex objects;
  private final BucketSweep sweep;
  private final Clock clock;

  BucketCheck(Bucket bucket, KeyIndex index, ObjectIndex objects, BucketSweep sweep, Clock clock) {
    this.bucket = bucket;
    this.index = index;
    this.objects = objects;
    this.sweep = sweep;
    this.clock = clock;
  }

  /** What a value's object is like. */
  public enum Condition {
    WHOLE,
    /** It is not in the bucket. */
    MISSING,
    /** Its bytes are not those that were written. */
    DAMAGED,
    /** The key stands for something else by now. */
    CHANGED
  }

  /** What is done about an object that no key stands for. */
  public interface Strays {

    /** It is a value that the index knows nothing of, because it was put back from a backup. */
    void unlisted(String key);

    /** It is a value that another one has replaced. */
    void outdated(String key);

    /** It is left from a write that never came to its end. */
    void rubbish();
  }

  /** For people. */
  public String url() {
    return bucket.url();
  }

  /** Reads a value to its end. */
  public Condition look(Row row) throws BucketException {
    Optional<ObjectIndex.Found> found =
        objects.find(row.key()).filter(now -> now.location().equals(row.location()));
    if (found.isEmpty()) {
      return Condition.CHANGED;
    }
    Condition condition = read(row, ValueTables.unpacked(found.get().blocks()));
    return condition == Condition.WHOLE || index.find(row.key()).equals(Optional.of(row.location()))
        ? condition
        : Condition.CHANGED;
  }

  private Condition read(Row row, int[] blocks) throws BucketException {
    Location location = row.location();
    StoredValue value =
        new StoredValue(
            row.key().path(),
            location.id(),
            location.size(),
            location.checksum(),
            location.written(),
            location.expires(),
            new Content.InFile(blocks));
    if (value.size() == 0) {
      return bucket.describe(value.id()).isPresent() ? Condition.WHOLE : Condition.MISSING;
    }
    try (VerifiedObject object = VerifiedObject.open(bucket, value, blocks, 0, value.size())) {
      object.copyTo(OutputStream.nullOutputStream());
      return Condition.WHOLE;
    } catch (BucketException e) {
      if (e.reason() == Reason.MISSING) {
        return Condition.MISSING;
      }
      throw e;
    } catch (IOException e) {
      return Condition.DAMAGED;
    }
  }

  /**
   * Looks for objects that no key stands for; those of a moment ago may be on their way.
   *
   * @param fix whether values get their keys back, and the others go
   */
  public void strays(Strays told, boolean fix) throws BucketException {
    Instant before = clock.instant().minus(sweep.delay());
    int _ =
        sweep.forEachUnknown(
            found -> found.modified().isBefore(before),
            unknown -> {
              for (HeldObject object : unknown) {
                if (Thread.currentThread().isInterrupted()) {
                  return -1;
                }
                stray(object, told, fix);
              }
              return unknown.size();
            });
  }

  private void stray(HeldObject object, Strays told, boolean fix) throws BucketException {
    Optional<About> about =
        sweep.mayLackKeys()
            ? bucket.describe(object.id()).flatMap(Bucket.Described::about).filter(this::isValue)
            : Optional.empty();
    if (about.isEmpty()) {
      told.rubbish();
      condemn(object, fix);
      return;
    }
    Key key = Key.of(about.get().key());
    Optional<Location> present = index.find(key);
    if (present.filter(now -> isMoved(object, about.get(), now)).isPresent()) {
      told.unlisted(key.path());
      if (fix) {
        move(object, new Row(key, present.orElseThrow()));
      }
      return;
    }
    if (present.filter(now -> !now.written().isBefore(about.get().written())).isPresent()) {
      told.outdated(key.path());
      condemn(object, fix);
      return;
    }
    told.unlisted(key.path());
    if (fix) {
      adopt(object, key, about.get(), present);
    }
  }

  /**
   * Whether it is what the index has on a node's disk, from where it was moved after the index was
   * saved: the disk does not have it any more.
   */
  private static boolean isMoved(HeldObject object, About about, Location present) {
    return !present.isInBucket()
        && present.size() == object.size()
        && present.written().equals(about.written());
  }

  private void move(HeldObject object, Row row) throws BucketException {
    BlockChecksums checksums = read(object);
    byte[] blocks = ValueTables.packed(checksums.blocks());
    if (checksums.whole() == row.location().checksum()) {
      boolean _ =
          index
              .move(row, new Replica(Location.BUCKET, object.id()), blocks)
              .toCompletableFuture()
              .join();
    }
  }

  /** What stands beside an object is whatever somebody wrote there who may write. */
  private boolean isValue(About about) {
    return Key.isLegal(about.key())
        && about.expires().filter(at -> !at.isAfter(clock.instant())).isEmpty();
  }

  private void condemn(HeldObject object, boolean fix) {
    if (fix) {
      int _ = objects.condemn(List.of(object.id()), sweep.delay()).toCompletableFuture().join();
    }
  }

  /** Reads it, since the index has checksums; a key that changes meanwhile is left alone. */
  private void adopt(HeldObject object, Key key, About about, Optional<Location> present)
      throws BucketException {
    BlockChecksums checksums = read(object);
    byte[] blocks = ValueTables.packed(checksums.blocks());
    Location location =
        new Location(
            Location.BUCKET,
            object.id(),
            object.size(),
            checksums.whole(),
            about.written(),
            about.expires());
    WriteCondition unchanged =
        new WriteCondition(
            present.isPresent(), present.map(Location::entityTag).orElse(null), null);
    var _ = index.recordObject(key, location, blocks, unchanged).toCompletableFuture().join();
  }

  private BlockChecksums read(HeldObject object) throws BucketException {
    BlockChecksums checksums = new BlockChecksums();
    if (object.size() > 0) {
      try (InputStream in = bucket.read(object.id(), 0, object.size())) {
        byte[] piece = new byte[BlockChecksums.BLOCK];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
          checksums.update(piece, 0, read);
        }
      } catch (BucketException e) {
        throw e;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return checksums;
  }
}

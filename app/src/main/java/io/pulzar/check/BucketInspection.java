package io.pulzar.check;

import io.pulzar.bucket.BucketException;
import io.pulzar.keys.KeyIndex;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.Location;
import io.pulzar.keys.ValueVersion;
import io.pulzar.values.BucketCheck;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a {@link ConsistencyCheck} looks at in the bucket. */
final class BucketInspection implements BucketCheck.Strays {

  private static final Logger LOG = LoggerFactory.getLogger(BucketInspection.class);

  private final BucketCheck bucket;
  private final KeyIndex index;
  private final ConsistencyCheckNotes found;
  private final boolean fix;

  BucketInspection(BucketCheck bucket, KeyIndex index, ConsistencyCheckNotes found, boolean fix) {
    this.bucket = bucket;
    this.index = index;
    this.found = found;
    this.fix = fix;
  }

  /** Reads the values of keys. */
  void lookAt(List<Row> rows) throws InterruptedException {
    for (Row row : rows) {
      ConsistencyCheck.failIfStopped();
      if (isAway()) {
        return;
      }
      lookAt(row);
    }
  }

  private void lookAt(Row row) {
    String key = row.key().path();
    try {
      switch (bucket.look(row)) {
        case WHOLE -> {
          found.values++;
          found.bytes += row.location().size();
        }
        case DAMAGED -> found.damaged.add(key + " in the bucket");
        case MISSING -> {
          found.lost.add(key);
          if (fix) {
            ValueVersion gone = new ValueVersion(key, row.location().id());
            index.forget(Location.BUCKET, gone).toCompletableFuture().join();
          }
        }
        case CHANGED -> {}
      }
    } catch (BucketException e) {
      leaveOut(e);
    }
  }

  /** Looks for objects that no key stands for. */
  void lookForStrays() {
    if (!isAway()) {
      try {
        bucket.strays(this, fix);
      } catch (BucketException e) {
        leaveOut(e);
      }
    }
  }

  @Override
  public void unlisted(String key) {
    found.unlisted.add(key);
  }

  @Override
  public void outdated(String key) {
    found.outdated.add(key);
  }

  @Override
  public void rubbish() {
    found.files++;
  }

  private boolean isAway() {
    return found.unreachable.contains(bucket.url());
  }

  private void leaveOut(BucketException why) {
    LOG.warn("the check leaves out the bucket: {}", why.getMessage());
    found.unreachable.add(bucket.url());
  }
}

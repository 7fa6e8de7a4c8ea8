package io.pulzar.storage.lmdb;

import io.pulzar.storage.StorageException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stops the writers of several databases between two commits, for an instant. The one thing that
 * may block a writer; so nobody waits here for ever, also when one writer waits for another.
 */
final class Halt {

  private static final long PATIENCE_SECONDS = 5;

  private final CountDownLatch missing;
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean broken = new AtomicBoolean();

  Halt(int writers) {
    this.missing = new CountDownLatch(writers);
  }

  /** A writer has come to a halt; returns when it may go on. */
  boolean arrive() {
    missing.countDown();
    if (!await(over)) {
      broken.set(true);
    }
    return true;
  }

  /** Returns when all writers have. */
  void awaitAll() {
    if (!await(missing)) {
      throw busy();
    }
  }

  /** Lets the writers go on, and makes sure that none did before. */
  void end() {
    if (over.getCount() > 0) {
      over.countDown();
      if (broken.get()) {
        throw busy();
      }
    }
  }

  private static StorageException busy() {
    return new StorageException("the storage is too busy for a copy of its state; try again");
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

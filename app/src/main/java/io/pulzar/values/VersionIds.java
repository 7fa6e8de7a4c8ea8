package io.pulzar.values;

import io.pulzar.storage.Database;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Gives each version of a value a number that this node never used before, and higher than all
 * before it.
 *
 * <p>Numbers are reserved in blocks, so that one commit pays for thousands; the next block is
 * reserved while the present one is being used. A restart skips what was left.
 *
 * <p>Each start begins above the time in milliseconds, shifted by {@value #PER_MILLISECOND} bits:
 * when the directory was put back from a copy, the numbers that were given after the copy was made
 * are not given again, and the master can't take one value for another.
 */
final class VersionIds {

  private static final String NUMBER = "ids";
  private static final long BLOCK = 65_536;
  private static final int PER_MILLISECOND = 20;

  private final Database database;
  private long next;
  private long end;
  private @Nullable CompletionStage<Long> reservation;

  VersionIds(Database database, Instant start) {
    this.database = database;
    this.next = reserve(start.toEpochMilli() << PER_MILLISECOND).toCompletableFuture().join();
    this.end = next + BLOCK;
  }

  synchronized long next() {
    if (next == end) {
      next = (reservation == null ? reserve(1) : reservation).toCompletableFuture().join();
      end = next + BLOCK;
      reservation = null;
    } else if (reservation == null && end - next <= BLOCK / 2) {
      reservation = reserve(1);
    }
    return next++;
  }

  /** The first number of a new block, which is not below {@code least}. */
  private CompletionStage<Long> reserve(long least) {
    return database.write(
        transaction -> {
          long first = Math.max(least, transaction.get(ValueTables.NUMBERS, NUMBER).orElse(1L));
          transaction.put(ValueTables.NUMBERS, NUMBER, first + BLOCK);
          return first;
        });
  }
}

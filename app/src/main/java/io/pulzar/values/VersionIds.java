package io.pulzar.values;

import io.pulzar.lmdb.Database;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Gives each version of a value a number that this node never used before, and higher than all
 * before it.
 *
 * <p>Numbers are reserved in blocks, so that one commit pays for thousands; the next block is
 * reserved while the present one is being used. A restart skips what was left.
 */
final class VersionIds {

  private static final String NUMBER = "ids";
  private static final long BLOCK = 65_536;

  private final Database database;
  private long next;
  private long end;
  private @Nullable CompletionStage<Long> reservation;

  VersionIds(Database database) {
    this.database = database;
    this.next = reserve().toCompletableFuture().join();
    this.end = next + BLOCK;
  }

  synchronized long next() {
    if (next == end) {
      next = (reservation == null ? reserve() : reservation).toCompletableFuture().join();
      end = next + BLOCK;
      reservation = null;
    } else if (reservation == null && end - next <= BLOCK / 2) {
      reservation = reserve();
    }
    return next++;
  }

  /** The first number of a new block. */
  private CompletionStage<Long> reserve() {
    return database.write(
        transaction -> {
          long first = transaction.get(ValueTables.NUMBERS, NUMBER).orElse(1L);
          transaction.put(ValueTables.NUMBERS, NUMBER, first + BLOCK);
          return first;
        });
  }
}

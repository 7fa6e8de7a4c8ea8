package io.pulzar.storage.lmdb;

/**
 * The bounds of one database.
 *
 * @param firstMapBytes address space reserved at the start; it doubles when it is used up
 * @param mostMapBytes where it stops growing: writes beyond are refused
 * @param growthBytes by how much the file is lengthened ahead of need
 * @param mostReaders read transactions at the same time; more wait
 * @param mostWaitingWrites writes that wait for the writer; more block their callers
 * @param mostWritesInGroup writes that share one commit
 * @param checkedPages pages whose structure is looked at before the database is opened
 */
record LmdbLimits(
    long firstMapBytes,
    long mostMapBytes,
    long growthBytes,
    int mostReaders,
    int mostWaitingWrites,
    int mostWritesInGroup,
    long checkedPages) {

  static final LmdbLimits DEFAULT =
      new LmdbLimits(256L << 20, 64L << 30, 4L << 20, 256, 10_000, 1_000, 64_000);

  LmdbLimits {
    if (firstMapBytes < 1 << 20 || mostMapBytes < firstMapBytes) {
      throw new IllegalArgumentException(
          "a database's map starts at 1 MiB or more and does not end below its start");
    }
    if (growthBytes < 0 || mostReaders < 1 || mostWaitingWrites < 1 || mostWritesInGroup < 1) {
      throw new IllegalArgumentException("a database's bounds must be positive");
    }
  }

  /** The same with another upper bound for the map. */
  LmdbLimits withMap(long first, long most) {
    return new LmdbLimits(
        first, most, growthBytes, mostReaders, mostWaitingWrites, mostWritesInGroup, checkedPages);
  }
}

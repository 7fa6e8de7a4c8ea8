/**
 * The storage engine for one machine: the tables of {@link io.pulzar.storage} on LMDB. The only
 * package that knows LMDB, and known to none: {@link io.pulzar.storage.StorageEngine} finds it.
 *
 * <p>Priorities, in this order: what was answered is on disk; nobody sees a part of a transaction;
 * readers never wait for writers; many small writes at once cost little more than one.
 *
 * <p>How writes work. One thread per database owns the writer. It takes everything that waits, runs
 * each body in turn inside one LMDB transaction, commits (which syncs the file), and only then
 * completes the stages. A body that throws is undone by restoring the entries that it changed, so
 * its neighbours in the group are unaffected. LMDB's nested transactions would do that too, but
 * allocate 2 MiB each.
 *
 * <p>Consequences for a body: it must be short, must not block, must depend on nothing but the
 * transaction and its own immutable arguments, and must have no effects beside the transaction: it
 * runs again, from the start, when the map has to grow or when a neighbour made the whole group
 * fail.
 *
 * <p>Environment flags. {@code MDB_NOTLS}: a read transaction belongs to an object instead of a
 * thread, which virtual threads need. No {@code MDB_NOSYNC}, {@code MDB_NOMETASYNC}, {@code
 * MDB_MAPASYNC}: an answer means that the data is on the disk. No {@code MDB_WRITEMAP}: a stray
 * pointer in native code cannot damage the file. The file is lengthened ahead of need, since a sync
 * that also changes the file's length takes ten times as long.
 *
 * <p>Threading: {@link io.pulzar.storage.lmdb.LmdbDatabase} is safe for use by any number of
 * platform or virtual threads. A transaction object is valid only inside the function that it was
 * given to, and only on that thread. Everything that leaves it is a copy.
 */
@NullMarked
package io.pulzar.storage.lmdb;

import org.jspecify.annotations.NullMarked;

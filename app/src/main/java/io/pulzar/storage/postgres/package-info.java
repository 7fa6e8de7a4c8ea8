/**
 * The storage engine for several machines: the tables of {@link io.pulzar.storage} on PostgreSQL,
 * or on what speaks its protocol. Known to none; {@link io.pulzar.storage.RemoteStorage} finds it.
 *
 * <p>How it lies there. One schema for an installation; in it a table for each table of each
 * database, {@code jobs__results}, of keys and values as bytes, whose order is that of LMDB. Beside
 * them {@code leader}: which server may write; {@code databases}: for each, the number of its
 * writer's connection and of that writer's last commit; {@code counts}: how many records a table
 * has.
 *
 * <p>How writes work. One thread for each database, as with LMDB, takes everything that waits and
 * runs the bodies. Nobody else writes there, so what a body reads is asked outside of a
 * transaction, or is remembered from earlier; what bodies write is collected in memory, where
 * taking back one body costs nothing. Then all of it goes to the server at once, as one transaction
 * of one round trip and the commit.
 *
 * <p>That nobody else writes is not hoped for but checked, in each of these transactions: the first
 * statement counts the commit up, where the database still has this server and this connection for
 * its writer. A server that was paused and replaced finds no such row; its late writes, also those
 * that are still on their way, change nothing.
 *
 * <p>A lost connection. {@link io.pulzar.storage.postgres.Retries} is the one place that tries
 * again. A commit whose answer did not arrive is resolved: the next connection makes itself the
 * writer's only one, after which the earlier one can't commit any more, and reads whether it had.
 *
 * <p>Kept to what PostgreSQL, CockroachDB and YugabyteDB all have: no notifications, no advisory
 * locks, no skipping of locked rows.
 */
@NullMarked
package io.pulzar.storage.postgres;

import org.jspecify.annotations.NullMarked;

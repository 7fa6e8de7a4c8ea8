/**
 * What features know of storage: durable tables with typed keys and values, ranges of them, and
 * transactions. Engines stand behind it, each in a package of its own; {@code
 * io.pulzar.storage.lmdb} is the one for a single machine.
 *
 * <p>What must stay true of any engine: what was answered is on disk; nobody sees a part of a
 * transaction; readers never wait for writers. A body of a transaction may run more than once, so
 * it is short, does not block, depends on nothing but the transaction and its own immutable
 * arguments, and has no effects beside the transaction.
 */
@NullMarked
package io.pulzar.storage;

import org.jspecify.annotations.NullMarked;

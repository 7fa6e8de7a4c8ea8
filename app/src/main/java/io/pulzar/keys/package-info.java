/**
 * The master's side of stored values: which keys exist, on which node each value lies, when it was
 * written and when it expires; redirects to nodes, listing, search and expiry.
 *
 * <p>What must stay true: the index alone decides whether a key exists. An entry is added only
 * after the node has its value on disk, and an entry that goes leaves a note for its node (the
 * garbage table) in the same transaction, so no crash makes either side forget. Bodies of values
 * never pass through the master.
 *
 * <p>Threading: everything is safe for use by any number of threads. Reads are cheap enough for an
 * event loop; writes are stages that complete when they are on disk.
 */
@NullMarked
package io.pulzar.keys;

import org.jspecify.annotations.NullMarked;

/**
 * The consistency check: whether what the index says is what nodes have, value by value, and the
 * repair of what is not. Runs at the master, asks the nodes, and never removes the last copy of a
 * value.
 *
 * <p>Threading: one check runs at a time, on a thread of its own; its progress may be read by any.
 */
@NullMarked
package io.pulzar.check;

import org.jspecify.annotations.NullMarked;

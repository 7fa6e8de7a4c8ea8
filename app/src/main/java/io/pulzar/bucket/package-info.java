/**
 * A bucket that speaks S3, as a place for bytes under numbers.
 *
 * <p>What must stay true: an object is written once and under a number of its own, so that a
 * question may be repeated without harm, and an answer that was lost can be found out about. There
 * are no locks in the bucket and nothing is decided there; which objects count, the index of keys
 * says. The classes of the SDK are loaded when a bucket is opened, and not before.
 *
 * <p>Threading: everything is safe for any number of threads, and blocks. Nothing waits longer than
 * {@code pulzar.values.patience} says, counted from the last sign of life.
 */
@NullMarked
package io.pulzar.bucket;

import org.jspecify.annotations.NullMarked;

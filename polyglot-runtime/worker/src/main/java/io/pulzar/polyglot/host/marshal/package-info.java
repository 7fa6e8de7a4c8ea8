/**
 * Python's {@code marshal} format, version 2, for the values that JSON and SQL know.
 *
 * <p>The fast way for many values across the bridge: the runtime reads and writes it in Java, where
 * each single value that crosses costs microseconds. The format is described in CPython's {@code
 * Python/marshal.c}.
 *
 * <p>Threading: a writer or reader belongs to one thread.
 */
@NullMarked
package io.pulzar.polyglot.host.marshal;

import org.jspecify.annotations.NullMarked;

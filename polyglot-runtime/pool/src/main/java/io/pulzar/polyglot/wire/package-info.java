/**
 * The frames between the pool and a worker process, over the worker's standard input and output.
 *
 * <p>A frame is an int32 with the length of what follows (at most 64 MiB), one byte that names the
 * kind of {@link io.pulzar.polyglot.wire.Message}, and its fields in the order of the record. A
 * string is an int32 length in bytes and UTF-8; an absent one has the length -1. Nothing here uses
 * Java serialization: what a worker sends can only ever become one of these records.
 *
 * <p>What must stay true: the bytes of a worker are not to be trusted, since a script that breaks
 * out of its sandbox writes them. Whatever they are, reading them ends in a message or in a {@link
 * io.pulzar.polyglot.wire.ProtocolException}, never takes memory far beyond what was received, and
 * never accepts a frame that was not used up by its fields.
 *
 * <p>Threading: {@link io.pulzar.polyglot.wire.MessageWriter} may be used by any number of threads,
 * {@link io.pulzar.polyglot.wire.MessageReader} by one.
 */
@NullMarked
package io.pulzar.polyglot.wire;

import org.jspecify.annotations.NullMarked;

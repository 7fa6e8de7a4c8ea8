/**
 * bzip2 for the {@code bz2} module, in steps: data comes and goes in pieces of any size.
 *
 * <p>Threading: a compressor or decompressor belongs to one thread at a time.
 */
@NullMarked
package io.pulzar.polyglot.host.bzip2;

import org.jspecify.annotations.NullMarked;

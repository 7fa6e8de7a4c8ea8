/**
 * The part of the Unicode Character Database that {@code unicodedata} lacks, from the ICU that
 * GraalPy brings with it.
 */
@NullMarked
package io.pulzar.polyglot.host.characters;

import org.jspecify.annotations.NullMarked;

/**
 * Images on the Java heap, and what the PIL stand-in does with them: reading, writing, resampling,
 * converting.
 *
 * <p>What must stay true: results follow Pillow 9 for 8-bit images as closely as its documentation
 * allows, because scripts compare pixels; everything here is plain Java, so a hostile image can
 * only raise an error.
 *
 * <p>Threading: a {@link io.pulzar.polyglot.host.pillow.Raster} is never changed after it was given
 * out, so it may be read from any thread.
 */
@NullMarked
package io.pulzar.polyglot.host.pillow;

import org.jspecify.annotations.NullMarked;

/**
 * Work that a part does by itself again and again, on a thread of its own.
 *
 * <p>What must stay true: a round that fails ends nothing and is told once, not each time; a stop
 * waits for no work that could wait; {@code /health} sees each loop.
 */
@NullMarked
package io.pulzar.upkeep;

import org.jspecify.annotations.NullMarked;

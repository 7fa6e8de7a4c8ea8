/**
 * Work that a part does by itself again and again, on a thread of its own.
 *
 * <p>What must stay true: a round that fails ends nothing and is told once, not each time.
 */
@NullMarked
package io.pulzar.upkeep;

import org.jspecify.annotations.NullMarked;

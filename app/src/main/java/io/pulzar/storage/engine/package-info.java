/**
 * What the storage engines share, and nobody else knows: the thread that groups writes, how records
 * become bytes, what a database notes about itself, and the form of a copy.
 *
 * <p>Nothing here knows how an engine stores.
 */
@NullMarked
package io.pulzar.storage.engine;

import org.jspecify.annotations.NullMarked;

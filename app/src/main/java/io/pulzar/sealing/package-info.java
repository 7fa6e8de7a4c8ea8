/**
 * Keeps texts from whoever has not got a key: AES-256 in Galois/Counter Mode.
 *
 * <p>What must stay true: what is sealed is bound to what it is about, so that a text that was
 * moved to another place does not open there; a key has no text form, so that no log shows it.
 */
@NullMarked
package io.pulzar.sealing;

import org.jspecify.annotations.NullMarked;

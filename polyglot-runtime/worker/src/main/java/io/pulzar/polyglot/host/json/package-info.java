/**
 * A fast {@code json.loads}.
 *
 * <p>It must never differ from Python's own parser. So it takes only what both understand in the
 * same way; anything else, errors included, is left to the one in Python.
 *
 * <p>Threading: nothing is shared.
 */
@NullMarked
package io.pulzar.polyglot.host.json;

import org.jspecify.annotations.NullMarked;

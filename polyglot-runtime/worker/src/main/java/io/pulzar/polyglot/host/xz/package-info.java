/**
 * LZMA for scripts: what the standard library's {@code lzma} is built on, with XZ for Java.
 *
 * <p>Python decompresses in steps, and XZ for Java reads from a stream. A decoder therefore runs on
 * a virtual thread of its own and rests there whenever it has used up its input; nobody else holds
 * it, so that one that is given up is collected.
 */
@NullMarked
package io.pulzar.polyglot.host.xz;

import org.jspecify.annotations.NullMarked;

/**
 * {@code pulzar doctor}: looks at what a server needs of this machine, and says what to do about
 * what is missing.
 *
 * <p>What must stay true: it tries the real thing where that is cheap (opens a database, binds a
 * port, starts a worker) rather than guessing from version numbers, and leaves nothing behind.
 *
 * <p>Threading: one thread, once.
 */
@NullMarked
package io.pulzar.doctor;

import org.jspecify.annotations.NullMarked;

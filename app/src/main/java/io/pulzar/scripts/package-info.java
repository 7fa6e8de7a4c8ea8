/**
 * Which scripts there are, and on which nodes.
 *
 * <p>The master knows the scripts of its own jobs directory, always as they are now, and those that
 * nodes report. A node says with each heartbeat, by a digest, what is in its directory, and sends
 * the list when the master has another one.
 *
 * <p>What must stay true: what the master says about a script of its own comes before what a node
 * says; a node of the master's process has the master's directory, and needs no report.
 *
 * <p>Threading: everything that is shared is safe for any thread; looking for a script may read its
 * file.
 */
@NullMarked
package io.pulzar.scripts;

import org.jspecify.annotations.NullMarked;

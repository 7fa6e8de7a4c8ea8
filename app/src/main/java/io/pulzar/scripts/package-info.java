/**
 * Which scripts there are, and on which nodes.
 *
 * <p>The master knows the scripts of its own jobs directory, always as they are now, and those that
 * nodes report. A node says with each heartbeat, by a digest, what is in its directory, and sends
 * the list when the master has another one. With {@code pulzar.jobs.distribute} the master answers
 * with the digest of its own files, and the node fetches what it lacks.
 *
 * <p>What must stay true: what the master says about a script of its own comes before what a node
 * says; a node's own directory is only read; a run sees one state of the distributed scripts; a
 * node of the master's process has the master's directory, and needs no report.
 *
 * <p>Threading: everything that is shared is safe for any thread; looking for a script may read its
 * file.
 */
@NullMarked
package io.pulzar.scripts;

import org.jspecify.annotations.NullMarked;

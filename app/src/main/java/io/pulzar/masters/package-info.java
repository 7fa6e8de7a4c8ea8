/**
 * Several masters that share what they keep: one leads, the others stand by.
 *
 * <p>A standby keeps nothing and decides nothing. Its port passes connections on to the leader,
 * byte by byte, so that whatever works with one master works through any: waiting, live logs,
 * uploads, cancelling. What it answers itself is {@code /health}. When the lease of the leader is
 * over it starts the master proper on the same port. A leader that lost the lease ends its process.
 */
@NullMarked
package io.pulzar.masters;

import org.jspecify.annotations.NullMarked;

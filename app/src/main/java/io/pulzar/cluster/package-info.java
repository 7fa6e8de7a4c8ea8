/**
 * Which nodes there are: the register, the heartbeats that keep it, and what an operator decides
 * about a node. How servers ask each other is the link's ({@link io.pulzar.link}).
 *
 * <p>What must stay true: a node is known by its volume, so that one that comes back is the one
 * that left; a node that an operator removed stays out until it is let in again, over restarts of
 * the master too.
 *
 * <p>Threading: everything is safe for any thread. Nothing here holds a lock while it asks another
 * server.
 */
@NullMarked
package io.pulzar.cluster;

import org.jspecify.annotations.NullMarked;

/**
 * Text records ({@code /text}) and shared values ({@code /nodes}): small named texts, the same on
 * every server.
 *
 * <p>How it works. A record, its place in the log and the hash of its range change in one
 * transaction. The log names each record once, at the revision of its last change, so it never
 * grows beyond the records themselves; whoever wants to follow asks for what came after a revision.
 * Inside a cluster the master accepts all writes, and the nodes follow its log into replicas that
 * answer reads. Between installations changes are pushed, and of two versions the greater one
 * counts: {@link io.pulzar.records.Version}.
 *
 * <p>What must stay true: what was answered is on the disk; any order and any repetition of the
 * same changes ends in the same records; processes run once, where a write is accepted; a deleted
 * record leaves a tombstone, so that no old copy brings it back; a follower that can't be sure that
 * it missed nothing starts anew or compares.
 *
 * <p>Threading: stores and desks are safe for any thread. Nothing blocks on an event loop.
 */
@NullMarked
package io.pulzar.records;

import org.jspecify.annotations.NullMarked;

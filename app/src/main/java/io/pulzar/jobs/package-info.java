/**
 * The master's jobs: accepted, queued, handed to nodes, followed and kept.
 *
 * <p>What must stay true: a job that was acknowledged is on the disk and runs, whatever happens to
 * the master or to a node; an attempt's number names one hand-over to one node, ever; a report
 * counts only when it is about the attempt that runs; an ended job never changes. A node that is
 * lost may have done a part of the work, so a script may run more than once, but never twice to
 * completion under one attempt.
 *
 * <p>{@link io.pulzar.jobs.JobRecord} has the rules, {@link io.pulzar.jobs.JobStore} the disk,
 * {@link io.pulzar.jobs.Dispatcher} the queue and the leases; {@link io.pulzar.jobs.JobRequests} is
 * the way in and {@link io.pulzar.jobs.JobOperations} what nodes ask.
 *
 * <p>Threading: everything that is shared is safe for any thread; what follows a write runs on the
 * storage's thread and must not block.
 */
@NullMarked
package io.pulzar.jobs;

import org.jspecify.annotations.NullMarked;

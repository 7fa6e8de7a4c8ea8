/**
 * The node's part of a job: fetches leases from the master, runs them in the Python workers, and
 * reports what they write and how they end.
 *
 * <p>What must stay true: there are never more leases than slots; an end is reported until the
 * master has answered; what a run wrote reaches the master before its end does; a run that the
 * master has given to somebody else is stopped and its end is not reported.
 *
 * <p>Threading: each slot has a virtual thread that fetches, runs and hands over to a report, so
 * that the next run does not wait for the report of the one before. Listeners of a run block while
 * too much is unsent, which slows down that script and nothing else.
 */
@NullMarked
package io.pulzar.runner;

import org.jspecify.annotations.NullMarked;

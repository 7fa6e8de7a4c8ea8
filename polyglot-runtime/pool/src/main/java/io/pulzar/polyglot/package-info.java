/**
 * The door to Python: call a script with arguments and limits, receive its lines while it runs, and
 * get one {@link io.pulzar.polyglot.Outcome} of a closed set.
 *
 * <p>What must stay true: a script never runs in the caller's JVM; every call ends with exactly one
 * outcome, whatever the script or its worker process does; nothing here knows about HTTP, jobs or
 * storage.
 *
 * <p>Threading: {@link io.pulzar.polyglot.PythonRuntime} is safe for use by any number of threads.
 * The listener of a run is called by one thread at a time, in order, and its host calls one after
 * the other; the two may overlap. Neither is called under a lock of the pool. Opened by {@link
 * io.pulzar.polyglot.PythonRuntimes#open}.
 */
@NullMarked
package io.pulzar.polyglot;

import org.jspecify.annotations.NullMarked;

/**
 * The parent's side of running Python: worker processes, who gets which, and what happens when one
 * does not behave.
 *
 * <p>A worker runs one script at a time. A call goes to the idle worker that kept the script's
 * context, else to any idle one, else it waits in order; a call that waited too long makes the pool
 * start another worker, up to a limit. A call that may use more memory than a worker has gets a
 * worker of that size, and no other call runs there.
 *
 * <p>What must stay true: every call ends with exactly one outcome. The worker is asked to keep the
 * limits; when it has not answered a grace period later, its process is killed, and that outcome is
 * reported here. A worker's process never outlives the pool: it ends when its standard input does,
 * also when this JVM was killed.
 *
 * <p>Threading: one lock in {@link io.pulzar.polyglot.pool.WorkerPool} guards who runs what. It is
 * never held during a listener's or host's call, file access, or reading from and writing to a
 * process. Each worker has one platform thread that lives as long as its process: it starts it,
 * reads its messages, calls the listener of its run, and buries it. A listener that blocks
 * therefore blocks this thread, the pipe behind it, and in the end the script, and nothing else.
 */
@NullMarked
package io.pulzar.polyglot.pool;

import org.jspecify.annotations.NullMarked;

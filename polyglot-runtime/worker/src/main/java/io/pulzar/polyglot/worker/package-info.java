/**
 * The worker process: runs one script at a time in a sandboxed Python context and tells the pool
 * about it in frames.
 *
 * <p>What must stay true: a context belongs to one script and never runs another; whatever a script
 * does, it reaches no file but those of {@link io.pulzar.polyglot.worker.SandboxFileSystem}'s
 * zones, no process, no native code, no Java class and no environment; every run ends with one
 * {@code Ended}, or the process ends.
 *
 * <p>Threading: the main thread reads frames. Each {@link io.pulzar.polyglot.worker.Interpreter}
 * has one thread of its own with a deep stack, on which its guest code runs; the threads that a
 * script starts come on top. Time limits, log flushing and the building of spare contexts have a
 * thread each, so that none can hold up another.
 */
@NullMarked
package io.pulzar.polyglot.worker;

import org.jspecify.annotations.NullMarked;

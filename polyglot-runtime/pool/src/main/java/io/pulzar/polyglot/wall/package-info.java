/**
 * The second wall: what the kernel keeps from a worker's process, whatever runs in it.
 *
 * <p>The first wall is the sandbox inside a worker. Who breaks out of that is a process of the
 * server's own user, and could read the server's memory and files, or end it by a signal. So a
 * worker is confined from its first instruction: a thread of the server confines itself and starts
 * the process, which inherits what holds the thread; the thread then ends, and the rest of the
 * server stays free. A process that confines itself when it already has other threads leaves those
 * free.
 *
 * <ul>
 *   <li>Landlock: files by path; processes outside can be neither looked into nor signaled
 *   <li>seccomp: sockets by family; no tracing, mounting, namespaces, kernel modules
 * </ul>
 *
 * <p>Nothing here needs root, native code of ours or another program. Everything is Linux's own;
 * what its kernel lacks is left out and said by {@link io.pulzar.polyglot.WallReport}. A step that
 * the kernel has and refuses all the same is an error: no process starts with less than was said.
 *
 * <p>Pool and worker both use this package; it depends on neither.
 */
@NullMarked
package io.pulzar.polyglot.wall;

import org.jspecify.annotations.NullMarked;

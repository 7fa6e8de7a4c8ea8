/**
 * Java services for scripts, inside the worker process: what Python's native packages do elsewhere.
 *
 * <p>What must stay true:
 *
 * <ul>
 *   <li>A service never takes a URL or a class name from a script, and a path only to have it
 *       checked first ({@link io.pulzar.polyglot.host.CallContext}). Where it can, Python opens
 *       files and connections itself and passes bytes.
 *   <li>No native code sees an argument that was not checked before: a wrong answer of a service is
 *       an error of one call, a crash of it ends the worker.
 *   <li>No class of a service, and no library behind it, is loaded before its first call.
 *   <li>What a script holds of Java (an image) is an opaque object on the Java heap. It goes when
 *       the script forgets it, and counts against the worker's memory while it does not.
 * </ul>
 *
 * <p>Threading: a worker runs one script at a time, and a script may call from several threads, so
 * services are safe for use by several threads.
 */
@NullMarked
package io.pulzar.polyglot.host;

import org.jspecify.annotations.NullMarked;

/**
 * Build time only: makes the runtime image that workers run from, laid out as {@link
 * io.pulzar.polyglot.pool.ImageLayout} says.
 *
 * <p>Each step remembers a fingerprint of what it was made from and is skipped while that is the
 * same, so that a build that changes nothing costs a second, and the slow recording of the
 * ahead-of-time cache happens only when what a worker loads has changed. A step that this machine
 * cannot do is left out with one warning; the image works without it, more slowly.
 *
 * <p>Threading: one thread, one build of a directory at a time.
 */
@NullMarked
package io.pulzar.polyglot.runtimeimage;

import org.jspecify.annotations.NullMarked;

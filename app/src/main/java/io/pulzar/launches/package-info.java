/**
 * Jobs that scripts start: what {@code pulzarcore.jobs} asks of the platform.
 *
 * <p>What must stay true: a job is started at most once for each question; who waits keeps nobody
 * else from running.
 *
 * <p>Threading: each question has a thread of its own that may block.
 */
@NullMarked
package io.pulzar.launches;

import org.jspecify.annotations.NullMarked;

/**
 * What the server writes about itself: as text or JSON, to the console and to files, how much of
 * it, and which run a line is about.
 *
 * <p>Only this package knows Logback; everybody else logs through SLF4J. The file {@code
 * logback.xml} holds for commands and until the settings are read; {@link io.pulzar.logs.Logs} adds
 * to it what they say.
 */
@NullMarked
package io.pulzar.logs;

import org.jspecify.annotations.NullMarked;

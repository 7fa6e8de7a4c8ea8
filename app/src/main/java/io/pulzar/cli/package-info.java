/**
 * The command line: how arguments are read, and the commands that talk to a running server.
 *
 * <p>What must stay true: a mistake of the user ends in one line that names the option and the
 * cure, and exit status 2; a refusal of the server ends in its message and exit status 1; no stack
 * trace.
 *
 * <p>Threading: one command runs on the main thread and ends the process.
 */
@NullMarked
package io.pulzar.cli;

import org.jspecify.annotations.NullMarked;

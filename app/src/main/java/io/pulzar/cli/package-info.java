/**
 * The command line: the commands that talk to a running server, and what all commands have in
 * common. Each is a class with picocli's annotations; help, completion, manual pages and {@code
 * docs/command-line.md} are made from these.
 *
 * <p>What must stay true: a mistake of the user ends in one line that names the word and the cure;
 * a refusal of the server ends in its message; no stack trace. {@link io.pulzar.cli.ExitStatus}
 * tells which is which. Only the command that was typed is built. What a command knows of its
 * surroundings is its {@link io.pulzar.cli.CommandContext}.
 *
 * <p>Threading: one command runs on the main thread and ends the process; {@link
 * io.pulzar.cli.Progress} has a thread of its own.
 */
@NullMarked
package io.pulzar.cli;

import org.jspecify.annotations.NullMarked;

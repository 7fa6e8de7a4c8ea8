/**
 * Holds README.md and docs/ to what the product does: every block of code in them is run against a
 * real server, or at least parsed, or says in the Markdown why not.
 *
 * <p>A comment right above a block says more about it: {@code <!-- not run: needs Docker -->},
 * {@code <!-- run by PythonClientTest -->}, or {@code <!-- setup: printf 'x' > file -->} with what
 * a reader has anyway. Blocks of a page are run in their order, in one shell and an empty folder,
 * in which {@code jobs} and {@code extensions} are those of the server:
 *
 * <ul>
 *   <li>{@code sh}: each command must succeed
 *   <li>{@code console}: lines behind {@code $} are commands, and what is below them is their
 *       output; … stands for anything, and numbers of jobs, times and the like are not compared
 *   <li>{@code python} that begins with {@code # jobs/a/b.py} or {@code # extensions/b.py} becomes
 *       that file, and a block below it must use it; with an import of pulzarclient it is a program
 *       of its own; else it is a script, and is launched
 *   <li>{@code json} and {@code ini} are parsed; {@code text} and {@code yaml} are not
 * </ul>
 */
@NullMarked
package io.pulzar.manual;

import org.jspecify.annotations.NullMarked;

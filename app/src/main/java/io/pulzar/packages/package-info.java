/**
 * {@code pulzar packages}: Python packages for scripts, installed into the home.
 *
 * <p>pip runs in a worker, inside the sandbox, and can write to its scratch directory only; what it
 * made is moved from there. So installing a package runs nothing of it outside of the sandbox, and
 * only wheels of pure Python are taken.
 *
 * <p>{@code <home>/packages} is for all scripts, {@code <home>/packages/_for/jobs/DIR} for those
 * below one directory. For scripts in the host's CPython there are {@code
 * <home>/cpython/environment}, a virtual environment, and {@code <home>/cpython/packages/_for}.
 */
@NullMarked
package io.pulzar.packages;

import org.jspecify.annotations.NullMarked;

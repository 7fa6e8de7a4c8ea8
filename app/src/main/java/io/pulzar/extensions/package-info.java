/**
 * Python as a URL: a request becomes a call of a Python class, its result becomes the answer.
 *
 * <p>A call ends with exactly one answer, whatever the script does, and its upload is deleted
 * before that answer leaves. Names resolve to a file directly in the extensions' directory and
 * nowhere else.
 *
 * <p>Threading: a request without a body never blocks a thread while its script runs; one with a
 * body holds a virtual thread while the body is written to disk.
 */
@NullMarked
package io.pulzar.extensions;

import org.jspecify.annotations.NullMarked;

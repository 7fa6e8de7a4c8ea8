/**
 * What the platform and the scripts that it runs have to do with each other, whatever they run for:
 * the workers' settings, and what a script may ask while it runs.
 */
@NullMarked
package io.pulzar.python;

import org.jspecify.annotations.NullMarked;

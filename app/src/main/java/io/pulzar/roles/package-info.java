/**
 * The two roles of a Pulzar server, and how a bean says to which it belongs.
 *
 * <p>Each role is a Micronaut context with a port of its own, also when both run in one process; a
 * bean without a mark exists in both. Contexts share only what is handed over explicitly at the
 * start.
 */
@NullMarked
package io.pulzar.roles;

import org.jspecify.annotations.NullMarked;

/**
 * People and programs that use the server: how they are recognized, by a token, a session or a
 * signed redirect, and what is kept about them.
 *
 * <p>Tokens, session identifiers and passwords are kept as hashes only. The master decides; a node
 * asks it by the link and remembers the answer for a few seconds. The filter, the principal and the
 * annotations are those of micronaut-security; {@link io.pulzar.access.RouteRights} is its only
 * rule. When nobody is asked ({@code pulzar.auth}), the filter does not exist.
 */
@NullMarked
package io.pulzar.access;

import org.jspecify.annotations.NullMarked;

/**
 * Who may do what: rights, roles, and what a request's sender may do.
 *
 * <p>Controllers name the right of each route with {@code @Secured}, and ask the {@link
 * io.pulzar.rights.Identity} of the request where it depends on a script or a key. How somebody is
 * recognized is the business of {@code io.pulzar.access}.
 */
@NullMarked
package io.pulzar.rights;

import org.jspecify.annotations.NullMarked;

/** The command line and the roles that it starts. */
@NullMarked
package io.pulzar;

import org.jspecify.annotations.NullMarked;

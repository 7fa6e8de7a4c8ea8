/** What of {@code hashlib} the runtime lacks. */
@NullMarked
package io.pulzar.polyglot.host.hashes;

import org.jspecify.annotations.NullMarked;

/**
 * How servers of a cluster ask each other: typed operations, over HTTP or in one process, and the
 * credential that proves where a question comes from.
 *
 * <p>What must stay true: features ask through {@link io.pulzar.link.MasterLink} and {@link
 * io.pulzar.link.NodeLinks} and cannot tell whether a socket is crossed; the cluster's key never
 * leaves the process, neither over the wire nor into a log; a question without a valid credential
 * has no effect; a credential is good for one question, once.
 *
 * <p>Threading: links are safe for any thread and do not block; a question's answer completes on a
 * virtual thread or, in one process, on the asking or the answering thread. Handlers may block.
 * Nothing here holds a lock while it calls a handler.
 */
@NullMarked
package io.pulzar.link;

import org.jspecify.annotations.NullMarked;

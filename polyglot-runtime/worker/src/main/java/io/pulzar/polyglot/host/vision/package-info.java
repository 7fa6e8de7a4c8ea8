/**
 * What the cv2 stand-in does: OpenCV, on images that are checked before it sees them.
 *
 * <p>What must stay true: every size, region and kernel is checked in Java first, because OpenCV
 * answers some wrong ones with a crash and some with terabytes; a matrix lives only as long as the
 * call that made it.
 *
 * <p>Threading: stateless after loading; OpenCV runs on the calling thread.
 */
@NullMarked
package io.pulzar.polyglot.host.vision;

import org.jspecify.annotations.NullMarked;

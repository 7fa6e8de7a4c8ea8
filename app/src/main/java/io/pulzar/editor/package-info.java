/**
 * Scripts and extensions are written, tested and put back over HTTP: what the page's editor uses.
 * Files stay the truth; every version that came or went this way is kept beside them.
 */
@NullMarked
package io.pulzar.editor;

import org.jspecify.annotations.NullMarked;

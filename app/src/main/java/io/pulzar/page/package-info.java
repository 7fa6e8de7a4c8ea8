/**
 * The web page: serves the files of {@code app/src/main/web} and of the libraries that they import,
 * all from the class path.
 *
 * <p>What must stay true: nothing is fetched from another host, and nothing inline runs. All files
 * but the first are below one folder whose name is a digest of them all, so that a browser may keep
 * them for ever, a page never mixes files of two versions, and relative imports just work.
 *
 * <p>Threading: files are read once, when somebody first asks for them, and are immutable then.
 */
@NullMarked
package io.pulzar.page;

import org.jspecify.annotations.NullMarked;

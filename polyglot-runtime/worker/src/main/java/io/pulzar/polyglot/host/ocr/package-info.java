/**
 * What the pytesseract stand-in does: Tesseract, in this process, on handles that stay open.
 *
 * <p>What must stay true: a handle is used by one thread at a time, another use aborts the process;
 * a script sets only variables that change recognition, never one that names a file.
 *
 * <p>Threading: calls are answered one after the other.
 */
@NullMarked
package io.pulzar.polyglot.host.ocr;

import org.jspecify.annotations.NullMarked;

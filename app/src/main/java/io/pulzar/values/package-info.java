/**
 * The node's side of stored values: bytes on disk, taken in and given out over HTTP.
 *
 * <p>How a value is kept. Up to 64 KiB it is part of its row in LMDB; larger ones are files named
 * by the version's id, written aside, synced, renamed and recorded in LMDB, in this order. Each
 * block of a file has its own checksum, so that no byte leaves without having been checked, also
 * when a client asks for a part.
 *
 * <p>How it becomes visible. Its row and a note that it is unconfirmed are committed together; then
 * the master records it; then it is shown and the note goes. A version whose note is still there
 * after a crash is hidden, and its key answers 503, until the master has said whether it recorded
 * it.
 *
 * <p>What must stay true: a version is never changed once it is written; a file without a row is
 * rubbish, a row without its file is damage; what the master does not point to is removed, but only
 * after it was asked.
 *
 * <p>Threading: everything is safe for use by any number of threads. Small values are written and
 * read without blocking; files are read and written on virtual threads.
 */
@NullMarked
package io.pulzar.values;

import org.jspecify.annotations.NullMarked;

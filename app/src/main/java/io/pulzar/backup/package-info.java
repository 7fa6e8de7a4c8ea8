/**
 * Backups of a running server, and back: one archive with all that a process keeps.
 *
 * <p>What is in an archive is the state of one moment. It is what a crash at that moment would have
 * left, so what makes a server recover from a crash makes it recover from an archive too. Large
 * values are not copied before they are sent: their files are held, and every block is checked on
 * its way.
 *
 * <p>An archive is a zip file: a head, a dump of each database, the files of large values, and at
 * the very end a summary; one without its summary is not complete and is refused.
 *
 * <p>What must stay true: a restore puts nothing in the place of what is there before all of the
 * archive has been read and its checksums were right.
 *
 * <p>Threading: making an archive blocks its caller and holds a read transaction of each database,
 * so that their files may grow meanwhile; everything else goes on.
 */
@NullMarked
package io.pulzar.backup;

import org.jspecify.annotations.NullMarked;

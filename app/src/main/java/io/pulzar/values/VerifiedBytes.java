package io.pulzar.values;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A part of a value, block by block, each checked before it is handed out. For one reader. */
interface VerifiedBytes extends AutoCloseable {

  /**
   * Reads and checks the next block.
   *
   * @param block with room for {@link BlockChecksums#BLOCK} bytes; holds those that are wanted
   *     between its position and its limit
   * @return false at the end
   * @throws DamagedValueException when it is not what was written
   */
  boolean next(ByteBuffer block) throws IOException;

  @Override
  void close() throws IOException;
}

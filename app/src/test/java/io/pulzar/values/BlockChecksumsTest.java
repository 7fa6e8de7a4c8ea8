package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockChecksumsTest {

  private static final int BLOCK = BlockChecksums.BLOCK;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 7, 20 * BLOCK + 3})
  void howTheBytesArriveMakesNoDifference(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    BlockChecksums atOnce = new BlockChecksums();
    atOnce.update(bytes, 0, size);
    BlockChecksums inPieces = new BlockChecksums();
    for (int at = 0; at < size; at += 65_521) {
      inPieces.update(bytes, at, Math.min(65_521, size - at));
    }
    assertThat(inPieces.whole()).isEqualTo(atOnce.whole()).isEqualTo(BlockChecksums.of(bytes));
    assertThat(inPieces.blocks()).isEqualTo(atOnce.blocks()).isEqualTo(eachBlock(bytes));
  }

  private static int[] eachBlock(byte[] bytes) {
    int[] checksums = new int[(bytes.length + BLOCK - 1) / BLOCK];
    for (int block = 0; block < checksums.length; block++) {
      int end = Math.min(bytes.length, (block + 1) * BLOCK);
      checksums[block] = BlockChecksums.of(Arrays.copyOfRange(bytes, block * BLOCK, end));
    }
    return checksums;
  }
}

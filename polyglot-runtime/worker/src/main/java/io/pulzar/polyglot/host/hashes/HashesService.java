package io.pulzar.polyglot.host.hashes;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HeapRoom;
import io.pulzar.polyglot.host.HostService;
import org.bouncycastle.crypto.generators.SCrypt;

/** Keys from passwords. */
public final class HashesService implements HostService {

  private static final long BYTES_OF_A_BLOCK = 128;

  @Override
  public byte[] call(String operation, CallArguments arguments) throws HostCallException {
    if (!operation.equals("scrypt")) {
      throw HostService.unknown("hashes", operation);
    }
    int cost = arguments.integer(2);
    int block = arguments.integer(3);
    int parallel = arguments.integer(4);
    if (block < 1 || parallel < 1) {
      throw new HostCallException("ValueError", "r and p must be positive");
    }
    // As a fraction: what is too large for a whole number is too large for the heap as well.
    HeapRoom.require((long) ((double) BYTES_OF_A_BLOCK * block * ((double) cost + parallel)));
    try {
      return SCrypt.generate(
          arguments.bytes(0), arguments.bytes(1), cost, block, parallel, arguments.integer(5));
    } catch (IllegalArgumentException refused) {
      throw new HostCallException("ValueError", String.valueOf(refused.getMessage()));
    }
  }
}

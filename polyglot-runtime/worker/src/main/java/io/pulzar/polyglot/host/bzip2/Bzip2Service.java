package io.pulzar.polyglot.host.bzip2;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Compressors and decompressors for scripts. */
public final class Bzip2Service implements HostService {

  @Override
  public @Nullable Object call(String operation, CallArguments arguments) throws HostCallException {
    try {
      return switch (operation) {
        case "compressor" -> new Compressor(arguments.integer(0));
        case "compress" ->
            arguments.as(Compressor.class, 0, "a compressor").compress(arguments.bytes(1));
        case "finish" -> arguments.as(Compressor.class, 0, "a compressor").finish();
        case "decompressor" -> new Decompressor();
        case "feed" -> {
          arguments.as(Decompressor.class, 0, "a decompressor").feed(arguments.bytes(1));
          yield null;
        }
        case "take" ->
            arguments.as(Decompressor.class, 0, "a decompressor").take(arguments.integer(1));
        case "ended" -> arguments.as(Decompressor.class, 0, "a decompressor").ended();
        case "unused" -> arguments.as(Decompressor.class, 0, "a decompressor").unused();
        default -> throw HostService.unknown("bzip2", operation);
      };
    } catch (IOException | IndexOutOfBoundsException damaged) {
      throw new HostCallException("OSError", "Invalid data stream");
    }
  }
}

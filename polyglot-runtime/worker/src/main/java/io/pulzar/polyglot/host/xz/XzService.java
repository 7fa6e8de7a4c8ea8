package io.pulzar.polyglot.host.xz;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.CorruptedInputException;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZFormatException;

/** Compressors and decompressors for {@code lzma}; errors of the data are {@code LZMAError}. */
public final class XzService implements HostService {

  /** A decoder's dictionary is on the heap, which others need too. */
  private static final long SHARE_OF_HEAP = 4;

  @Override
  public @Nullable Object call(String operation, CallArguments arguments) throws HostCallException {
    try {
      return switch (operation) {
        case "compressor" ->
            new Encoder(format(arguments), arguments.integer(1), FilterChain.of(arguments, 2));
        case "compress" ->
            arguments.as(Encoder.class, 0, "a compressor").compress(arguments.bytes(1));
        case "finish" -> arguments.as(Encoder.class, 0, "a compressor").finish();
        case "decompressor" ->
            new Decoder(
                format(arguments),
                memoryKilobytes(arguments),
                arguments.absent(2) ? null : FilterChain.of(arguments, 2));
        case "step" -> {
          Decoder.Step step =
              arguments
                  .as(Decoder.class, 0, "a decompressor")
                  .step(arguments.bytes(1), arguments.integer(2));
          yield List.of(step.output, word(step.state));
        }
        case "unused" -> arguments.as(Decoder.class, 0, "a decompressor").unused();
        default -> throw HostService.unknown("xz", operation);
      };
    } catch (MemoryLimitException e) {
      throw error("Memory usage limit exceeded");
    } catch (XZFormatException e) {
      throw error("Input format not supported by decoder");
    } catch (UnsupportedOptionsException | IllegalArgumentException e) {
      throw error("Invalid or unsupported options");
    } catch (CorruptedInputException e) {
      throw error("Corrupt input data");
    } catch (IOException e) {
      throw error("Corrupt input data");
    }
  }

  private static XzFormat format(CallArguments arguments) throws HostCallException {
    int number = arguments.integer(0);
    return switch (number) {
      case 0 -> XzFormat.AUTO;
      case 1 -> XzFormat.XZ;
      case 2 -> XzFormat.ALONE;
      case 3 -> XzFormat.RAW;
      default -> throw new HostCallException("ValueError", "Invalid container format: " + number);
    };
  }

  private static String word(Decoder.State state) {
    return switch (state) {
      case NEEDS_INPUT -> "needs input";
      case HAS_MORE -> "has more";
      case ENDED -> "ended";
    };
  }

  private static int memoryKilobytes(CallArguments arguments) throws HostCallException {
    long most = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    double asked = arguments.number(1, (double) most);
    return (int) (Math.min(Math.max(asked, 1), (double) most) / 1024);
  }

  private static HostCallException error(String message) {
    return new HostCallException("LZMAError", message);
  }
}

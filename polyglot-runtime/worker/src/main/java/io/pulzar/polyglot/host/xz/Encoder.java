package io.pulzar.polyglot.host.xz;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.HeapRoom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.FinishableOutputStream;
import org.tukaani.xz.FinishableWrapperOutputStream;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/** Compresses what it is given. */
final class Encoder {

  private final ByteArrayOutputStream done = new ByteArrayOutputStream();
  private final FinishableOutputStream stream;

  Encoder(XzFormat format, int check, FilterChain filters) throws IOException, HostCallException {
    HeapRoom.require((long) filters.last().getEncoderMemoryUsage() << 10);
    stream =
        switch (format) {
          case XZ, AUTO -> new XZOutputStream(done, filters.ofXz(), check);
          case ALONE -> new LZMAOutputStream(done, filters.last(), -1);
          case RAW -> raw(filters);
        };
  }

  private FinishableOutputStream raw(FilterChain filters) throws IOException {
    FinishableOutputStream out =
        filters.lzma1()
            ? new LZMAOutputStream(done, filters.last(), true)
            : filters.last().getOutputStream(new FinishableWrapperOutputStream(done));
    for (FilterOptions filter : filters.before().reversed()) {
      out = filter.getOutputStream(out);
    }
    return out;
  }

  synchronized byte[] compress(byte[] data) throws IOException {
    stream.write(data);
    return taken();
  }

  synchronized byte[] finish() throws IOException {
    stream.finish();
    return taken();
  }

  private byte[] taken() {
    byte[] bytes = done.toByteArray();
    done.reset();
    return bytes;
  }
}

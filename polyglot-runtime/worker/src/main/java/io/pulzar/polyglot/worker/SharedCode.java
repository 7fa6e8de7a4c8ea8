package io.pulzar.polyglot.worker;

import com.oracle.truffle.api.source.Source;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.io.ByteSequence;

/**
 * Keeps the code of libraries for all contexts of the worker: what one context has read from byte
 * code, warmed up and compiled, the next one finds as it is.
 *
 * <p>The engine has a cache for that, from a module's source to its code, but holds the source
 * weakly, and GraalPy holds the one that it makes from byte code nowhere. So an equal one is held
 * here. It must be equal to the byte: the code as it is marshalled, and behind it the number of
 * times that the context has read that file, which is 1. Were GraalPy to change that, contexts
 * would read their libraries again as if this class were not there, and its test would fail.
 */
final class SharedCode {

  private static final String SUFFIX = ".pyc";
  private static final int HEADER_BYTES = 16;
  private static final int CODE = 'C';
  private static final int TYPE_MASK = 0x7f;
  private static final long FIRST_TIME = 1;

  private final Map<Path, Source> sources = new ConcurrentHashMap<>();

  /** Holds the code of a file with byte code; does nothing with another file. */
  void keep(Path file, byte[] content) {
    if (!file.toString().endsWith(SUFFIX) || content.length <= HEADER_BYTES) {
      return;
    }
    ByteBuffer marshalled = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    marshalled.position(HEADER_BYTES);
    if ((marshalled.get() & TYPE_MASK) != CODE) {
      return;
    }
    try {
      sources.put(file, sourceOf(marshalled));
    } catch (BufferUnderflowException | IndexOutOfBoundsException damaged) {
      sources.remove(file);
    }
  }

  /** A file name, four bytes of flags, and the code; lengths are four bytes in front. */
  private static Source sourceOf(ByteBuffer marshalled) {
    ByteBuffer name = marshalled.slice(marshalled.position() + 4, marshalled.getInt());
    marshalled.position(marshalled.position() + name.remaining() + 4);
    int length = marshalled.getInt();
    ByteBuffer code = ByteBuffer.allocate(length + Long.BYTES);
    code.put(marshalled.slice(marshalled.position(), length)).putLong(FIRST_TIME);
    return Source.newBuilder(
            "python",
            ByteSequence.create(code.array()),
            StandardCharsets.UTF_8.decode(name).toString())
        .mimeType("application/x-python-bytecode")
        .cached(true)
        .build();
  }
}

package io.pulzar.polyglot.host;

import io.pulzar.polyglot.HostCallException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of this process as one function for Python: {@code (service, operation,
 * *arguments)}.
 *
 * <p>It returns {@code [None, value]}, or {@code [type, message]} where {@code type} names a Python
 * exception. It never lets a Java exception through: Python can not catch one as an Exception, and
 * its class is none of a script's business. Bytes come out as text of one character a byte, because
 * that is the fast way through the bridge.
 *
 * <p>A service is built at its first call and kept for the life of the process.
 */
public final class HostServices {

  private static final Logger LOG = LoggerFactory.getLogger(HostServices.class);
  private static final int DEEPEST_LIST = 4;

  /** Builds a service at its first call. */
  @FunctionalInterface
  public interface Builder {
    HostService build() throws HostCallException;
  }

  private final Map<String, Builder> known;
  private final Map<String, HostService> built = new HashMap<>();

  /**
   * @param known how each service is built; a builder must not load its classes before it runs
   */
  public HostServices(Map<String, Builder> known) {
    this.known = Map.copyOf(known);
  }

  /** Performs one call; safe for any thread. */
  public Object execute(CallContext run, Value... values) {
    try {
      if (values.length < 2 || !values[0].isString() || !values[1].isString()) {
        throw new HostCallException("TypeError", "a service and an operation must be named");
      }
      List<@Nullable Object> arguments = new ArrayList<>(values.length - 2);
      for (Value value : Arrays.asList(values).subList(2, values.length)) {
        arguments.add(toJava(value, 0));
      }
      Object result =
          service(values[0].asString())
              .call(values[1].asString(), new CallArguments(arguments, run));
      return ProxyArray.fromArray(null, toPython(result));
    } catch (HostCallException refused) {
      return ProxyArray.fromArray(refused.type(), refused.getMessage());
    } catch (PolyglotException script) {
      // A function of the script was called and left like this; Python goes on with its own.
      throw script;
    } catch (OutOfMemoryError full) {
      return ProxyArray.fromArray("MemoryError", "the worker's memory is full");
    } catch (StackOverflowError deep) {
      return ProxyArray.fromArray("RecursionError", "maximum recursion depth exceeded");
    } catch (RuntimeException | LinkageError unexpected) {
      LOG.warn("A service failed", unexpected);
      return ProxyArray.fromArray(
          "RuntimeError", "the service failed for a reason of its own; the server's log says more");
    }
  }

  private HostService service(String name) throws HostCallException {
    synchronized (built) {
      HostService service = built.get(name);
      if (service == null) {
        Builder builder = known.get(name);
        if (builder == null) {
          throw new HostCallException("NotImplementedError", "there is no service " + name);
        }
        service = builder.build();
        built.put(name, service);
      }
      return service;
    }
  }

  private static @Nullable Object toJava(Value value, int depth) throws HostCallException {
    if (value.isNull()) {
      return null;
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    if (value.isString()) {
      return value.asString();
    }
    if (value.fitsInLong()) {
      return value.asLong();
    }
    if (value.fitsInDouble()) {
      return value.asDouble();
    }
    if (value.isHostObject()) {
      return value.asHostObject();
    }
    if (value.hasBufferElements()) {
      return bytes(value);
    }
    if (value.canExecute()) {
      return value;
    }
    if (value.hasArrayElements() && depth < DEEPEST_LIST) {
      return list(value, depth);
    }
    throw new HostCallException(
        "TypeError", "can't be passed to a service: " + value.getMetaObject().getMetaSimpleName());
  }

  private static byte[] bytes(Value value) throws HostCallException {
    long size = value.getBufferSize();
    if (size > Integer.MAX_VALUE - 8) {
      throw new HostCallException("MemoryError", size + " bytes are too many for one call");
    }
    HeapRoom.require(size);
    byte[] bytes = new byte[(int) size];
    value.readBuffer(0, bytes, 0, bytes.length);
    return bytes;
  }

  private static List<@Nullable Object> list(Value value, int depth) throws HostCallException {
    long size = value.getArraySize();
    if (size > 1_000_000) {
      throw new HostCallException("ValueError", "a sequence of " + size + " elements is too long");
    }
    List<@Nullable Object> list = new ArrayList<>((int) size);
    for (long i = 0; i < size; i++) {
      list.add(toJava(value.getArrayElement(i), depth + 1));
    }
    return list;
  }

  private static @Nullable Object toPython(@Nullable Object result) {
    return switch (result) {
      case byte[] bytes -> new String(bytes, StandardCharsets.ISO_8859_1);
      case List<?> list ->
          ProxyArray.fromArray(list.stream().map(HostServices::toPython).toArray());
      case null, default -> result;
    };
  }
}

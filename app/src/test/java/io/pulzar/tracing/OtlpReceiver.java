package io.pulzar.tracing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * A collector as far as tests need one: takes OTLP over HTTP and reads the spans out of its
 * protobuf (opentelemetry-proto, trace.proto), whose numbers of fields are below.
 */
final class OtlpReceiver implements AutoCloseable {

  private static final int RESOURCE_SPANS = 1;
  private static final int RESOURCE = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;
  private static final byte[] NOTHING = {};

  /**
   * @param status 0 unset, 1 ok, 2 error
   */
  record Received(
      String trace,
      String id,
      String parent,
      String name,
      long from,
      long to,
      Map<String, String> attributes,
      long status,
      String service) {}

  final List<Received> spans = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();

  /** All that came, a character for each byte. */
  final List<String> bodies = new CopyOnWriteArrayList<>();

  private final HttpServer server;

  OtlpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] body = exchange.getRequestBody().readAllBytes();
          bodies.add(new String(body, StandardCharsets.ISO_8859_1));
          read(body);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Received> named(String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }

  private void read(byte[] request) {
    fields(
        request,
        (number, resourceSpans) -> {
          if (number == RESOURCE_SPANS) {
            Map<String, String> resource = new TreeMap<>();
            fields(
                resourceSpans,
                (field, part) -> {
                  if (field == RESOURCE) {
                    fields(part, (one, attribute) -> attribute(attribute, resource));
                  } else if (field == SCOPE_SPANS) {
                    fields(
                        part,
                        (one, span) -> {
                          if (one == SPANS) {
                            spans.add(span(span, resource.getOrDefault("service.name", "")));
                          }
                        });
                  }
                });
          }
        });
  }

  private static Received span(byte[] bytes, String service) {
    Map<Integer, byte[]> parts = new TreeMap<>();
    Map<String, String> attributes = new TreeMap<>();
    fields(
        bytes,
        (number, part) -> {
          if (number == 9) {
            attribute(part, attributes);
          } else {
            parts.put(number, part);
          }
        });
    long[] status = {0};
    fields(
        parts.getOrDefault(15, NOTHING),
        (number, part) -> {
          if (number == 3) {
            status[0] = number(part);
          }
        });
    return new Received(
        hex(parts.getOrDefault(1, NOTHING)),
        hex(parts.getOrDefault(2, NOTHING)),
        hex(parts.getOrDefault(4, NOTHING)),
        text(parts.getOrDefault(5, NOTHING)),
        number(parts.getOrDefault(7, NOTHING)),
        number(parts.getOrDefault(8, NOTHING)),
        attributes,
        status[0],
        service);
  }

  private static void attribute(byte[] bytes, Map<String, String> attributes) {
    String[] pair = {"", ""};
    fields(
        bytes,
        (number, part) -> {
          if (number == 1) {
            pair[0] = text(part);
          } else {
            fields(part, (kind, value) -> pair[1] = kind == 1 ? text(value) : "" + number(value));
          }
        });
    attributes.put(pair[0], pair[1]);
  }

  /** Each field of a message; of a number its eight bytes, the lowest first. */
  private static void fields(byte[] message, BiConsumer<Integer, byte[]> consumer) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long tag = varint(in);
      byte[] value =
          switch ((int) (tag & 7)) {
            case 0 -> little(varint(in));
            case 1 -> bytes(in, 8);
            case 2 -> bytes(in, (int) varint(in));
            case 5 -> bytes(in, 4);
            default -> throw new IllegalStateException("no protobuf");
          };
      consumer.accept((int) (tag >> 3), value);
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static byte[] bytes(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private static byte[] little(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

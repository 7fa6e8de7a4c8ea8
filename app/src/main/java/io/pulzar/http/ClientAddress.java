package io.pulzar.http;

import io.micronaut.http.HttpRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the other end of its connection, or the client that another server of
 * this cluster has passed the connection on for.
 */
public final class ClientAddress {

  /** Inside the server only: what a client sends under this name is dropped. */
  private static final String HEADER = "Pulzar-Client-Address";

  private static final AttributeKey<String> PASSED_ON =
      AttributeKey.valueOf(ClientAddress.class, "passed-on");

  private ClientAddress() {}

  /** The address that a request comes from, as text. */
  public static String of(HttpRequest<?> request) {
    String passedOn = request.getHeaders().get(HEADER);
    return passedOn == null ? request.getRemoteAddress().getAddress().getHostAddress() : passedOn;
  }

  /** Notes for whom a connection is passed on, before its first request. */
  public static void passOn(Channel connection, InetAddress client) {
    connection.attr(PASSED_ON).set(client.getHostAddress());
  }

  /** Tells the routes, by a header that nobody else can set. */
  static void tell(Channel connection, HttpHeaders headers) {
    headers.remove(HEADER);
    @Nullable String client = connection.attr(PASSED_ON).get();
    if (client != null) {
      headers.set(HEADER, client);
    }
  }
}

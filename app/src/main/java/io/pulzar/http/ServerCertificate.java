package io.pulzar.http;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import io.pulzar.settings.TlsSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Tells Micronaut to speak https. */
public final class ServerCertificate {

  private static final String NAME = "pulzar";
  private static final String FILE = "micronaut.certificate.file." + NAME + ".";
  private static final String LOOK = "1m";
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String PEM = "-----BEGIN ";

  private ServerCertificate() {}

  /**
   * The properties of a server; none when it speaks plain HTTP.
   *
   * @param port as Micronaut wants it
   * @throws BadSettingException when a file can't be read
   */
  public static Map<String, Object> properties(Settings settings, int port) {
    Optional<Path> certificate = settings.get(TlsSettings.CERTIFICATE);
    if (certificate.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> properties = new HashMap<>();
    if (isPem(certificate.get())) {
      Path key =
          settings
              .get(TlsSettings.KEY)
              .orElseThrow(
                  () ->
                      new BadSettingException(
                          TlsSettings.KEY
                              + " is needed, the private key of "
                              + TlsSettings.CERTIFICATE));
      read(TlsSettings.KEY + "=" + key, key);
      properties.put(FILE + "format", "PEM");
      properties.put(FILE + "path", key.toString());
      properties.put(FILE + "certificate-path", certificate.get().toString());
    } else {
      open(certificate.get(), settings.get(TlsSettings.PASSWORD).orElse(""));
      properties.put(FILE + "path", certificate.get().toString());
    }
    settings
        .get(TlsSettings.PASSWORD)
        .ifPresent(
            password -> {
              properties.put(FILE + "password", password);
              properties.put("micronaut.server.ssl.key-store.password", password);
              properties.put("micronaut.server.ssl.key.password", password);
            });
    properties.put(FILE + "refresh-mode", "SCHEDULER");
    properties.put(FILE + "refresh-interval", LOOK);
    properties.put("micronaut.server.ssl.enabled", true);
    properties.put("micronaut.server.ssl.key-name", NAME);
    properties.put("micronaut.server.ssl.port", port);
    return properties;
  }

  /**
   * The same for a server that is not Micronaut's; empty: plain HTTP.
   *
   * @throws BadSettingException when a file can't be read, or they do not fit each other
   */
  public static Optional<SSLContext> context(Settings settings) {
    Optional<Path> certificate = settings.get(TlsSettings.CERTIFICATE);
    if (certificate.isEmpty()) {
      return Optional.empty();
    }
    String password = settings.get(TlsSettings.PASSWORD).orElse("");
    try {
      SslContextBuilder builder;
      if (isPem(certificate.get())) {
        Path key =
            settings
                .get(TlsSettings.KEY)
                .orElseThrow(() -> new BadSettingException(TlsSettings.KEY + " is needed"));
        builder =
            SslContextBuilder.forServer(
                certificate.get().toFile(), key.toFile(), password.isEmpty() ? null : password);
      } else {
        KeyManagerFactory keys =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
            KeyStore.getInstance(certificate.get().toFile(), password.toCharArray()),
            password.toCharArray());
        builder = SslContextBuilder.forServer(keys);
      }
      return Optional.of(((JdkSslContext) builder.sslProvider(SslProvider.JDK).build()).context());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new BadSettingException(TlsSettings.CERTIFICATE + " can't be used: " + e.getMessage());
    }
  }

  /**
   * Makes sure that a server does speak https: with a certificate and a key that do not fit,
   * Micronaut would serve plain HTTP.
   *
   * @throws BadSettingException when it does not
   */
  public static void check(Settings settings, InetSocketAddress server) {
    if (!TlsSettings.isActive(settings)) {
      return;
    }
    try {
      SSLContext any = SSLContext.getInstance("TLS");
      any.init(null, new TrustManager[] {new Anybody()}, null);
      try (SSLSocket socket = (SSLSocket) any.getSocketFactory().createSocket()) {
        socket.connect(server, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new BadSettingException(
          "https can't be spoken with %s: do %s and %s fit it? (%s)"
              .formatted(
                  TlsSettings.CERTIFICATE, TlsSettings.KEY, TlsSettings.PASSWORD, e.getMessage()));
    }
  }

  /** Only to see whether there is any answer: nothing is sent or believed. */
  private static final class Anybody extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static boolean isPem(Path file) {
    byte[] bytes = read(TlsSettings.CERTIFICATE + "=" + file, file);
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(PEM);
  }

  private static byte[] read(String setting, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadSettingException(setting + " can't be read");
    }
  }

  private static void open(Path file, String password) {
    try {
      KeyStore.getInstance(file.toFile(), password.toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new BadSettingException(
          TlsSettings.CERTIFICATE
              + "="
              + file
              + " is neither PEM nor a key store that "
              + TlsSettings.PASSWORD
              + " opens");
    }
  }
}

package io.pulzar.http;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import io.pulzar.settings.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the clients of this program, which trust whom the settings say. */
public final class HttpClients {

  private HttpClients() {}

  /**
   * A client for HTTP/1.1 and https.
   *
   * @throws BadSettingException when {@code pulzar.tls.trust} can't be read
   */
  public static HttpClient.Builder client(Settings settings) {
    HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    return trust(settings).map(client::sslContext).orElse(client);
  }

  /**
   * Whom the settings say to trust; empty: whom the JDK does.
   *
   * @throws BadSettingException when {@code pulzar.tls.trust} can't be read
   */
  public static Optional<SSLContext> trust(Settings settings) {
    return settings.get(TlsSettings.TRUST).map(HttpClients::context);
  }

  /**
   * A client for one scheme.
   *
   * @param scheme {@code http}, then it starts quickly and can do nothing else; or {@code https}
   */
  public static HttpClient.Builder client(Settings settings, String scheme) {
    return scheme.equals("http")
        ? HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(PlainOnly.context())
        : client(settings);
  }

  private static SSLContext context(Path file) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (X509Certificate known : knownToTheJdk()) {
        trusted.setCertificateEntry("jdk-" + trusted.size(), known);
      }
      for (Certificate own : certificates(file)) {
        trusted.setCertificateEntry("own-" + trusted.size(), own);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(trusted), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new BadSettingException(
          TlsSettings.TRUST + "=" + file + " can't be read as PEM certificates: " + e.getMessage());
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream stream = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(stream);
      if (found.isEmpty()) {
        throw new IOException("there is no certificate in it");
      }
      return found;
    }
  }

  private static X509Certificate[] knownToTheJdk() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager known) {
        return known.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManager[] managers(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }
}

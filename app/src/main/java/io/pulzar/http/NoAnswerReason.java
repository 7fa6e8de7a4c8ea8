package io.pulzar.http;

import javax.net.ssl.SSLException;

/** Says for a person why a server gave no answer. */
public final class NoAnswerReason {

  private NoAnswerReason() {}

  /**
   * The reason, to be put behind the server's URL.
   *
   * @param failure as an {@link java.net.http.HttpClient} throws it, or with it as a cause
   */
  public static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return "can't be trusted or does not speak TLS (%s): check the URL, the certificate and %s"
            .formatted(cause.getMessage(), io.pulzar.settings.TlsSettings.TRUST);
      }
    }
    return "does not answer";
  }
}

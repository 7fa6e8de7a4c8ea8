package io.pulzar.masters;

import io.pulzar.cluster.NodeIdentity;
import io.pulzar.settings.Settings;
import io.pulzar.settings.TlsSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** How others reach a master. */
public final class MasterAddress {

  private MasterAddress() {}

  /** The URL of the master that listens on {@code port} here. */
  public static URI of(Settings settings, int port) {
    String host = NodeIdentity.hostOf(settings);
    return URI.create(
        TlsSettings.scheme(settings)
            + "://"
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + port);
  }

  /** Whether nobody on another machine reaches it. */
  public static boolean isOfThisMachineOnly(URI url) {
    try {
      return InetAddress.getByName(url.getHost()).isLoopbackAddress();
    } catch (UnknownHostException unknownHere) {
      return false;
    }
  }
}

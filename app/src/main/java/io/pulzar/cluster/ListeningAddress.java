package io.pulzar.cluster;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.ServerSettings.Roles;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Where this process listens. */
public final class ListeningAddress {

  /** Nothing is sent there; only the way counts. */
  private static final int ANY_PORT = 9;

  private ListeningAddress() {}

  /**
   * The chosen address. When none was chosen, a node whose master is on another machine listens on
   * its address towards the master, because the master and its clients must reach it; everything
   * else listens on loopback.
   *
   * @throws BadSettingException when there is no way to the master
   */
  public static String of(Settings settings) {
    String address = settings.get(ServerSettings.HOST);
    return settings.isChosen(ServerSettings.HOST)
            || settings.get(ServerSettings.ROLE) != Roles.NODE
            || settings.get(ServerSettings.MASTER_URL).isEmpty()
        ? address
        : towards(MasterUrl.of(settings), address);
  }

  private static String towards(URI master, String loopback) {
    try (DatagramSocket socket = new DatagramSocket()) {
      InetAddress there = InetAddress.getByName(master.getHost());
      if (there.isLoopbackAddress()) {
        return loopback;
      }
      socket.connect(new InetSocketAddress(there, ANY_PORT));
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException e) {
      throw new BadSettingException(
          "there is no way to the master at "
              + master
              + " ("
              + e.getMessage()
              + "): correct --master, or say with --host where this node listens");
    }
  }
}

package io.pulzar;

import io.pulzar.cluster.ListeningAddress;
import io.pulzar.oidc.OidcSettings;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.FileReason;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.ServerSettings.Roles;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be known to go wrong before anything is started that takes long: each is told in one
 * line that has the cure. Holds the home for as long as the server runs.
 */
final class StartChecks implements AutoCloseable {

  private static final List<Setting<Path>> SCRIPTS =
      List.of(
          ServerSettings.JOBS_DIR, ServerSettings.EXTENSIONS_DIR, ServerSettings.THIRD_PARTY_DIR);

  private final List<FileChannel> locks = new ArrayList<>();

  private StartChecks() {}

  /**
   * Checks the settings, and takes the home.
   *
   * @throws BadSettingException when a directory is not there or not writable, another server uses
   *     it, or a port is taken
   */
  static StartChecks of(Settings settings) {
    StartChecks checks = new StartChecks();
    try {
      checks.run(settings);
      return checks;
    } catch (RuntimeException e) {
      checks.close();
      throw e;
    }
  }

  private void run(Settings settings) {
    Roles roles = settings.get(ServerSettings.ROLE);
    OidcSettings.check(settings);
    SCRIPTS.forEach(setting -> requireDirectory(settings, setting));
    Path home = settings.get(ServerSettings.HOME);
    requireWritable(home, ServerSettings.HOME);
    if (roles != Roles.NODE) {
      own(home.resolve("master.lock"), home, ServerSettings.HOME);
      requireFree(settings, ServerSettings.PORT);
    }
    if (roles != Roles.MASTER) {
      Path volume = ServerSettings.volume(settings);
      requireWritable(volume, ServerSettings.VOLUME_DIR);
      own(volume.resolve("node.lock"), volume, ServerSettings.VOLUME_DIR);
      requireFree(settings, ServerSettings.NODE_PORT);
    }
  }

  /** The usual ones need not be there; who names one means that it is. */
  private static void requireDirectory(Settings settings, Setting<Path> setting) {
    Path directory = settings.get(setting);
    if (settings.isChosen(setting) && !Files.isDirectory(directory)) {
      throw new BadSettingException(
          "%s=%s is not a directory: create it, or name another one".formatted(setting, directory));
    }
  }

  private static void requireWritable(Path directory, Setting<?> setting) {
    try {
      PrivateDirectory.make(directory);
      Files.delete(Files.createTempFile(directory, "write", ".tmp"));
    } catch (IOException e) {
      throw new BadSettingException(
          "%s=%s can't be written (%s): give this user the right, or name another directory"
              .formatted(setting, directory, FileReason.of(e)));
    }
  }

  private void own(Path file, Path directory, Setting<?> setting) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locks.add(channel);
      if (channel.tryLock() == null) {
        throw inUse(directory, setting);
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(directory, setting);
    } catch (IOException e) {
      throw new BadSettingException(
          "%s=%s can't be locked (%s): name a directory on a disk of this machine"
              .formatted(setting, directory, e.getMessage()));
    }
  }

  private static BadSettingException inUse(Path directory, Setting<?> setting) {
    return new BadSettingException(
        "%s=%s is in use by another server: stop that one, or choose another %s"
            .formatted(setting, directory, setting));
  }

  private static void requireFree(Settings settings, Setting<Integer> setting) {
    int port = settings.get(setting);
    if (port == 0) {
      return;
    }
    String address = ListeningAddress.of(settings);
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
    } catch (IOException e) {
      throw cantListen(address, port, setting, e);
    }
  }

  static BadSettingException cantListen(
      String address, int port, Setting<?> setting, IOException failure) {
    return new BadSettingException(
        "can't listen on %s:%d (%s): stop what does, or choose another %s"
            .formatted(address, port, failure.getMessage(), setting));
  }

  @Override
  public void close() {
    for (FileChannel lock : locks) {
      try {
        lock.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    locks.clear();
  }
}

package io.pulzar.doctor;

import io.pulzar.polyglot.LeftBehind;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.StorageException;
import io.pulzar.storage.StorageSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The machine's part: JDK, storage, disk, ports, directories. */
final class Machine {

  private static final int NEEDED_JAVA = 25;
  private static final long SCARCE_BYTES = 1L << 30;
  private static final long NOTHING_BYTES = 64L << 20;

  private final Settings settings;

  Machine(Settings settings) {
    this.settings = settings;
  }

  Finding java() {
    int feature = Runtime.version().feature();
    String detail = System.getProperty("java.vendor") + " " + Runtime.version();
    return feature >= NEEDED_JAVA
        ? Finding.good("Java", detail)
        : Finding.bad("Java", detail, "install a JDK " + NEEDED_JAVA + ", and set JAVA_HOME to it");
  }

  Finding system() {
    String name = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    return name.equals("Linux on amd64") || name.equals("Linux on aarch64")
        ? Finding.good("system", name)
        : Finding.poor("system", name, "only Linux on amd64 and aarch64 is tested");
  }

  Finding storage() {
    return StorageSettings.isRemote(settings) ? remoteStorage() : localStorage();
  }

  /** Only asks: a server may be working there. */
  private Finding remoteStorage() {
    try (StorageEngine engine = StorageEngine.ofMaster(settings)) {
      return Finding.good("storage", engine.probe());
    } catch (StorageException | BadSettingException e) {
      return Finding.bad(
          "storage",
          String.valueOf(e.getMessage()),
          "look at pulzar.storage, its user and password, and whether PostgreSQL runs");
    }
  }

  /**
   * Opens a database in the home, which needs the engine's native library and a file system that
   * maps.
   */
  private Finding localStorage() {
    Path home = settings.get(ServerSettings.HOME);
    try {
      Files.createDirectories(home);
      Path probe = Files.createTempDirectory(home, "doctor-");
      try {
        StorageEngine.local().open(probe, List.of()).close();
        return Finding.good("storage", "LMDB works in " + home);
      } finally {
        LeftBehind.remove(probe);
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      return Finding.bad(
          "storage",
          "LMDB does not work in " + home + ": " + e,
          "choose a --home on a local, writable disk");
    }
  }

  Finding disk() {
    Path home = settings.get(ServerSettings.HOME);
    try {
      long free = Files.getFileStore(home).getUsableSpace();
      String detail = free / (1 << 20) + " MB free for " + home;
      if (free < NOTHING_BYTES) {
        return Finding.bad("disk", detail, "make room: writes are refused when the disk is full");
      }
      return free < SCARCE_BYTES
          ? Finding.poor("disk", detail, "make room, or choose another --home")
          : Finding.good("disk", detail);
    } catch (IOException e) {
      return Finding.bad("disk", home + " can't be looked at", "choose another --home");
    }
  }

  Finding port(String subject, Setting<Integer> setting) {
    int port = settings.get(setting);
    String host = settings.get(ServerSettings.HOST);
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return Finding.good(subject, host + ":" + port + " is free");
    } catch (IOException e) {
      return Finding.poor(
          subject,
          host + ":" + port + " can't be bound: " + e.getMessage(),
          "fine if that is Pulzar; else stop what listens there, or set " + setting);
    }
  }

  Finding scripts(String subject, Setting<Path> setting) {
    Path directory = settings.get(setting);
    return Files.isDirectory(directory)
        ? Finding.good(subject, directory.toString())
        : Finding.poor(
            subject, directory + " does not exist", "create it, or set " + setting + " to yours");
  }
}

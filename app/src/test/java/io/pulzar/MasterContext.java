package io.pulzar;

import io.micronaut.context.DefaultApplicationContextBuilder;
import io.pulzar.link.ClusterKey;
import io.pulzar.roles.Role;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.StorageEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A master as the server makes it, on a free port and with a home of its own, for tests that want
 * its beans: {@code @MicronautTest(contextBuilder = MasterContext.class)}.
 */
public class MasterContext extends DefaultApplicationContextBuilder {

  public MasterContext() {
    this(Map.of());
  }

  /**
   * @param chosen settings by their names
   */
  @SuppressWarnings("this-escape") // subclasses only choose settings
  protected MasterContext(Map<String, String> chosen) {
    Map<String, String> all = new HashMap<>(chosen);
    all.put(ServerSettings.ROLE.name(), "master");
    Settings settings = TestServer.settings(home(), all);
    HomeFormat.check(settings.get(ServerSettings.HOME));
    List<Object> singletons =
        new ArrayList<>(Server.shared(settings, Clock.systemUTC(), ClusterKey.of(settings)));
    singletons.add(new UnavailablePython());
    singletons.add(StorageEngine.ofMaster(settings));
    Server.prepare(this, Role.MASTER, settings, 0, singletons);
  }

  private static Path home() {
    try {
      Path made =
          Files.createTempDirectory(
              Files.createDirectories(Path.of("target/homes").toAbsolutePath()), "master");
      Files.createDirectory(made.resolve("home"));
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.pulzar.polyglot.host.sql;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JDBC drivers whose jars somebody has put into a folder of the host. They are trusted as the
 * product's own are; the worker's process holds them as it holds everything.
 *
 * <p>The folder is looked at with each connection, so a jar that was added or replaced counts at
 * once; those that were loaded stay as long as nothing changes there.
 */
public final class FurtherDrivers {

  private static final Logger LOG = LoggerFactory.getLogger(FurtherDrivers.class);
  private static final String ENDING = ".jar";

  private final Path folder;
  private Map<File, Long> jars = Map.of();
  private List<Driver> drivers = List.of();

  FurtherDrivers(Path folder) {
    this.folder = folder;
  }

  /** Those of the folder that the system property {@code pulzar.drivers} names. */
  public static FurtherDrivers ofThisMachine() {
    return new FurtherDrivers(Path.of(System.getProperty("pulzar.drivers", "")));
  }

  /** The names of the jars, without their ending. */
  synchronized List<String> names() {
    return found().keySet().stream()
        .map(File::getName)
        .map(name -> name.substring(0, name.length() - ENDING.length()))
        .toList();
  }

  /** A connection by the first driver that knows such a URL; empty when none does. */
  Optional<Connection> connect(String url, Properties properties) throws SQLException {
    for (Driver driver : drivers()) {
      Connection connection = driver.acceptsURL(url) ? driver.connect(url, properties) : null;
      if (connection != null) {
        return Optional.of(connection);
      }
    }
    return Optional.empty();
  }

  private synchronized List<Driver> drivers() {
    Map<File, Long> now = found();
    if (!now.equals(jars)) {
      drivers = load(now.keySet());
      jars = now;
    }
    return drivers;
  }

  /** The jars by name, and when each was changed last. */
  private Map<File, Long> found() {
    File[] files = folder.toFile().listFiles((in, name) -> name.endsWith(ENDING));
    Map<File, Long> found = new TreeMap<>();
    for (File file : Objects.requireNonNullElse(files, new File[0])) {
      found.put(file, file.lastModified());
    }
    return found;
  }

  /** The loader stays open: drivers load what they need when they need it. */
  private static List<Driver> load(Set<File> jars) {
    URLClassLoader loader =
        new URLClassLoader(
            jars.stream().map(FurtherDrivers::url).toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader());
    List<Driver> loaded = new ArrayList<>();
    ServiceLoader.load(Driver.class, loader).stream()
        .forEach(
            provider -> {
              try {
                loaded.add(provider.get());
              } catch (ServiceConfigurationError | LinkageError broken) {
                LOG.warn("A JDBC driver can't be used: {}", broken.toString());
              }
            });
    return loaded;
  }

  private static URL url(File jar) {
    try {
      return jar.toURI().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.pulzar.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Reads all files of a folder on the class path, in a jar or not. */
final class ClassPathFolder {

  private ClassPathFolder() {}

  /**
   * Reads the files of a folder.
   *
   * @param neighbour a class in the package that holds the folder
   * @param folder without slashes
   * @param file one that is directly in it
   * @return the contents by path below the folder, with slashes
   */
  static SortedMap<String, byte[]> read(Class<?> neighbour, String folder, String file)
      throws IOException {
    URL known = Objects.requireNonNull(neighbour.getResource(folder + "/" + file), file);
    if (known.openConnection() instanceof JarURLConnection connection) {
      String prefix = neighbour.getPackageName().replace('.', '/') + "/" + folder + "/";
      connection.setUseCaches(false);
      try (JarFile jar = connection.getJarFile()) {
        return inJar(jar, prefix);
      }
    }
    return onDisk(Objects.requireNonNull(Path.of(known.getPath()).getParent(), folder));
  }

  private static SortedMap<String, byte[]> inJar(JarFile jar, String prefix) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    List<JarEntry> entries =
        jar.stream()
            .filter(entry -> entry.getName().startsWith(prefix) && !entry.isDirectory())
            .toList();
    for (JarEntry entry : entries) {
      try (InputStream in = jar.getInputStream(entry)) {
        files.put(entry.getName().substring(prefix.length()), in.readAllBytes());
      }
    }
    return files;
  }

  private static SortedMap<String, byte[]> onDisk(Path root) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    List<Path> found;
    try (Stream<Path> all = Files.walk(root)) {
      found = all.filter(Files::isRegularFile).toList();
    }
    for (Path path : found) {
      files.put(root.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
    }
    return files;
  }

  /** A file of a library, found by the version that its jar says it has. */
  static byte[] ofLibrary(String group, String artifact, String file) throws IOException {
    String description = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
    Properties properties = new Properties();
    try (InputStream in = open(description)) {
      properties.load(in);
    }
    String version = properties.getProperty("version");
    String folder = group.equals("org.mvnpm") ? "_static" : "webjars";
    String path = "/META-INF/resources/" + folder + "/" + artifact + "/" + version + "/" + file;
    try (InputStream in = open(path)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String path) {
    return Objects.requireNonNull(ClassPathFolder.class.getResourceAsStream(path), path);
  }
}

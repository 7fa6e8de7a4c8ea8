package io.pulzar.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipFile;

/** The databases that pyodbc can reach. */
final class JdbcDrivers {

  private static final String SERVICE = "META-INF/services/java.sql.Driver";

  private JdbcDrivers() {}

  /** Three come with the product; others are jars in a folder, which need not exist. */
  static Finding in(Path folder) {
    File[] jars = folder.toFile().listFiles((in, name) -> name.endsWith(".jar"));
    List<String> names = new ArrayList<>(List.of("PostgreSQL", "SQL Server", "SQLite"));
    List<String> broken = new ArrayList<>();
    for (File jar :
        Arrays.stream(Objects.requireNonNullElse(jars, new File[0])).sorted().toList()) {
      try (ZipFile zip = new ZipFile(jar)) {
        if (zip.getEntry(SERVICE) != null) {
          names.add(jar.getName());
        }
      } catch (IOException e) {
        broken.add(jar.getName() + ": " + e.getMessage());
      }
    }
    String detail =
        String.join(", ", names) + " (more: put jars of JDBC drivers into " + folder + ")";
    return broken.isEmpty()
        ? Finding.good("databases for pyodbc", detail)
        : Finding.poor(
            "databases for pyodbc",
            detail + "; unreadable: " + String.join(", ", broken),
            "replace or remove the jars that can't be read");
  }
}

package io.pulzar.cli;

import io.pulzar.settings.BadSettingException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The server that commands talk to and the token that they send: from the environment, or what
 * {@code pulzar login} kept for the owner's eyes only.
 *
 * @param server absent: as the settings say
 * @param token absent: none is sent
 */
record Login(Optional<String> server, Optional<String> token) {

  static final String SERVER = "PULZAR_SERVER";
  static final String TOKEN = "PULZAR_TOKEN";

  private static final Set<String> VARIABLES = Set.of(SERVER, TOKEN);

  /**
   * The effective one. A kept token goes to the server that it was kept for, and to no other.
   *
   * @param environment wins over what was kept
   * @param chosen the server that the command line names
   */
  static Login of(Map<String, String> environment, Path file, Optional<String> chosen) {
    Properties kept = read(file);
    Optional<String> keptServer = Optional.ofNullable(kept.getProperty(SERVER));
    Optional<String> server = chosen.or(() -> set(environment, SERVER)).or(() -> keptServer);
    Optional<String> token =
        set(environment, TOKEN)
            .or(
                () ->
                    server.equals(keptServer)
                        ? Optional.ofNullable(kept.getProperty(TOKEN))
                        : Optional.empty());
    return new Login(server, token);
  }

  private static Optional<String> set(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
  }

  /** Where it is kept: {@code $XDG_CONFIG_HOME/pulzar/login}, or below {@code ~/.config}. */
  static Path file(Map<String, String> environment) {
    String configured = environment.get("XDG_CONFIG_HOME");
    Path directory =
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(configured);
    return directory.resolve("pulzar").resolve("login");
  }

  /** Keeps it instead of what was kept before. */
  void keep(Path file) {
    Properties properties = new Properties();
    server.ifPresent(text -> properties.setProperty(SERVER, text));
    token.ifPresent(text -> properties.setProperty(TOKEN, text));
    FileAttribute<?> ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.createDirectories(file.getParent());
      Path written = Files.createTempFile(file.getParent(), "login", "", ownerOnly);
      try (Writer out = Files.newBufferedWriter(written, StandardOpenOption.WRITE)) {
        properties.store(out, null);
      }
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new BadSettingException(file + " can't be written: " + e.getMessage());
    }
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        properties.load(in);
      } catch (IOException | IllegalArgumentException e) {
        throw new BadSettingException(
            file + " can't be read (" + e.getMessage() + "): remove it, and log in again");
      }
      properties.stringPropertyNames().stream()
          .filter(name -> !VARIABLES.contains(name))
          .forEach(properties::remove);
    }
    return properties;
  }
}

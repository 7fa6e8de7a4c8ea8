package io.pulzar.doctor;

import io.pulzar.access.AccessSettings;
import io.pulzar.settings.Settings;
import io.pulzar.settings.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Who else can reach the server, and whether it asks them who they are. */
final class Neighbours {

  private static final int FIRST_PERSON = 1_000;
  private static final int NOBODY = 60_000;
  private static final int UID = 2;
  private static final int SHELL = 6;

  private Neighbours() {}

  /**
   * @param accounts the users of this machine, as {@code /etc/passwd} lists them
   * @param self who runs this
   */
  static Finding look(Settings settings, Path accounts, String self) {
    if (AccessSettings.asks(settings)) {
      return TlsSettings.isActive(settings)
          ? Finding.good("sign-in", "everybody is asked who they are, over https")
          : Finding.good("sign-in", "everybody is asked who they are");
    }
    if (settings.get(AccessSettings.AUTH) == AccessSettings.Mode.OFF) {
      return Finding.poor(
          "sign-in",
          "nobody is asked who they are: " + AccessSettings.AUTH + "=off",
          "fine where a proxy asks; else set " + AccessSettings.AUTH + "=on");
    }
    List<String> others = people(accounts).filter(name -> !name.equals(self)).toList();
    return others.isEmpty()
        ? Finding.good("sign-in", "only this machine reaches it, and it has no other users")
        : Finding.poor(
            "sign-in",
            "every user of this machine may use it: " + String.join(", ", others),
            "set " + AccessSettings.AUTH + "=on");
  }

  private static Stream<String> people(Path accounts) {
    if (!Files.isReadable(accounts)) {
      return Stream.empty();
    }
    try {
      return Files.readAllLines(accounts).stream()
          .map(line -> line.split(":", -1))
          .filter(Neighbours::isPerson)
          .map(fields -> fields[0]);
    } catch (IOException e) {
      return Stream.of("who " + accounts + " can't tell");
    }
  }

  /** Accounts of services have low numbers or no shell. */
  private static boolean isPerson(String[] fields) {
    if (fields.length <= SHELL || !fields[UID].matches("\\d{1,9}")) {
      return false;
    }
    int uid = Integer.parseInt(fields[UID]);
    return uid >= FIRST_PERSON
        && uid < NOBODY
        && !fields[SHELL].endsWith("nologin")
        && !fields[SHELL].endsWith("false");
  }
}

package io.pulzar;

import io.pulzar.cli.Arguments;
import io.pulzar.cli.Command;
import io.pulzar.cli.UsageException;
import io.pulzar.settings.DurationText;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** {@code pulzar certificate}: makes a self-signed certificate and says how it is used. */
final class CertificateCommand implements Command {

  private static final String HOME = "--home";
  private static final String VALID = "--valid";
  private static final String REPLACE = "--replace";

  /** Longer ones are refused by browsers of Apple. */
  private static final String USUAL = "825d";

  private static final Duration LONGEST = Duration.ofDays(3_650);
  private static final int MOST_NAMES = 50;
  private static final Pattern NAME =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9-]*)(\\.[A-Za-z0-9-]+)*");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

  /** The commands on this machine, and nodes beside the master, ask these. */
  private static final List<String> ALWAYS = List.of("dns:localhost", "ip:127.0.0.1");

  private final Function<Map<String, String>, Settings> settings;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param settings those of a server with these options
   */
  CertificateCommand(
      Function<Map<String, String>, Settings> settings, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public String synopsis() {
    return "[NAME-OR-ADDRESS]... [--valid 825d] [--replace] [--home DIR]";
  }

  @Override
  public String summary() {
    return "makes a self-signed certificate for these names, and prints its fingerprint";
  }

  @Override
  public int run(List<String> typed) {
    Arguments arguments = Arguments.parse(typed, Set.of(HOME, VALID), Set.of(REPLACE));
    Settings chosen =
        settings.apply(
            arguments
                .value(HOME)
                .map(home -> Map.of(ServerSettings.HOME.name(), home))
                .orElse(Map.of()));
    Path home = chosen.get(ServerSettings.HOME).toAbsolutePath();
    SelfSignedCertificate certificate = new SelfSignedCertificate(home.resolve("tls"));
    List<String> names = names(arguments.words(), chosen);
    Duration valid = valid(arguments.value(VALID).orElse(USUAL));
    if (Files.exists(certificate.certificate()) && !arguments.has(REPLACE)) {
      err.println(
          "pulzar certificate: "
              + certificate.certificate()
              + " is there; say --replace for a new one");
      return 1;
    }
    try {
      PrivateDirectory.make(home);
      tell(certificate, names, certificate.make(names, valid));
      return 0;
    } catch (IOException e) {
      err.println("pulzar certificate: it could not be made: " + e.getMessage());
      return 1;
    }
  }

  private void tell(
      SelfSignedCertificate certificate, List<String> names, SelfSignedCertificate.Made made) {
    out.println("certificate  " + certificate.certificate());
    out.println("key          " + certificate.key());
    out.println("for          " + String.join(", ", names));
    out.println(
        "expires      "
            + DateTimeFormatter.ISO_LOCAL_DATE.format(made.expires().atZone(ZoneOffset.UTC)));
    out.println("SHA-256      " + made.fingerprint());
    out.println();
    out.println("In server.conf, of each server that has it:");
    out.println();
    out.println("[tls]");
    out.println("certificate=" + certificate.certificate());
    out.println("key=" + certificate.key());
    out.println("trust=" + certificate.certificate());
    out.println();
    out.println(
        "Who signs in compares the fingerprint; commands elsewhere need a copy of the certificate"
            + " and PULZAR_TLS_TRUST=certificate.pem.");
  }

  /** As keytool writes them; this machine's when none was typed. */
  private static List<String> names(List<String> typed, Settings settings) {
    List<String> words =
        typed.isEmpty()
            ? List.of(
                settings.get(ServerSettings.HOSTNAME).orElseGet(CertificateCommand::thisMachine))
            : typed;
    Set<String> names = new LinkedHashSet<>();
    words.forEach(word -> names.add(name(word)));
    names.addAll(ALWAYS);
    if (names.size() > MOST_NAMES) {
      throw new UsageException("a certificate holds for at most " + MOST_NAMES + " names");
    }
    return List.copyOf(names);
  }

  private static String name(String word) {
    if (ADDRESS.matcher(word).matches()) {
      return "ip:" + word;
    }
    if (word.length() <= 253 && NAME.matcher(word).matches()) {
      return "dns:" + word.toLowerCase(Locale.ROOT);
    }
    throw new UsageException(
        "'"
            + word
            + "' is no name and no address of a server: write pulzar.example or 192.168.2.10");
  }

  private static String thisMachine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new UsageException("this machine does not know its name: type it");
    }
  }

  private static Duration valid(String text) {
    try {
      Duration valid = DurationText.parse(text);
      if (valid.toDays() >= 1 && valid.compareTo(LONGEST) <= 0) {
        return valid;
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(VALID + ": " + e.getMessage());
    }
    throw new UsageException(VALID + " must be from 1d to " + LONGEST.toDays() + "d");
  }
}

package io.pulzar;

import io.pulzar.cli.ChosenSettings;
import io.pulzar.cli.CommandContext;
import io.pulzar.cli.ExitStatus;
import io.pulzar.cli.JsonOption;
import io.pulzar.cli.Output;
import io.pulzar.cli.RefusedException;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar certificate}: makes a self-signed certificate and says how it is used. */
@Command(
    name = "certificate",
    description = "Makes a self-signed certificate for these names, and prints its fingerprint.")
final class CertificateCommand implements Callable<Integer> {

  private static final String VALID = "--valid";

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

  private final CommandContext context;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME|ADDRESS",
      description = "what clients call this server; this machine's name unless told")
  private List<String> typed = new ArrayList<>();

  @Option(names = VALID, paramLabel = "DAYS", description = "how long it holds; 825d unless told")
  private String longest = USUAL;

  @Option(names = "--replace", description = "makes a new one although there is one")
  private boolean replace;

  @Mixin private JsonOption json = new JsonOption();
  @Mixin private ChosenSettings settings = new ChosenSettings();

  CertificateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Settings chosen = context.chosen().apply(settings.typed());
    Path home = chosen.get(ServerSettings.HOME).toAbsolutePath();
    SelfSignedCertificate certificate = new SelfSignedCertificate(home.resolve("tls"));
    List<String> names = names(typed, chosen);
    Duration valid = valid(longest);
    if (Files.exists(certificate.certificate()) && !replace) {
      throw new RefusedException(
          certificate.certificate() + " is there; say --replace for a new one");
    }
    try {
      PrivateDirectory.make(home);
      tell(certificate, names, certificate.make(names, valid));
      return ExitStatus.DONE.code();
    } catch (IOException e) {
      throw new RefusedException("it could not be made: " + e.getMessage());
    }
  }

  private void tell(
      SelfSignedCertificate certificate, List<String> names, SelfSignedCertificate.Made made) {
    String expires = DateTimeFormatter.ISO_LOCAL_DATE.format(made.expires().atZone(ZoneOffset.UTC));
    Output output = json.output(context.terminal());
    if (output.isJson()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("certificate", certificate.certificate().toString());
      facts.put("key", certificate.key().toString());
      facts.put("for", names);
      facts.put("expires", expires);
      facts.put("sha256", made.fingerprint());
      output.json(facts);
      return;
    }
    PrintStream out = context.terminal().out();
    out.println("certificate  " + certificate.certificate());
    out.println("key          " + certificate.key());
    out.println("for          " + String.join(", ", names));
    out.println("expires      " + expires);
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

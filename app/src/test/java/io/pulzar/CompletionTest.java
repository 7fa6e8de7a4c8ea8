package io.pulzar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completion and manual pages, which are made from the commands. */
final class CompletionTest {

  private static final Path GROFF = Path.of("/usr/bin/groff");

  @TempDir private Path directory;
  private final CommandRun program = new CommandRun(typed -> TestServer.settings(directory, typed));

  @Test
  void bashCompletesCommandsAndOptionsAndTheirValues() throws Exception {
    assertThat(completed("lau")).isEqualTo("launch");
    assertThat(completed("token", "re")).isEqualTo("revoke");
    assertThat(completed("jobs", "--fol")).isEqualTo("--follow");
    assertThat(completed("jobs", "--state", "fa")).isEqualTo("failed");
  }

  @Test
  void zshTakesTheSame() {
    assertThat(program.run("completion", "zsh")).isZero();
    assertThat(program.out()).contains("autoload -U +X bashcompinit && bashcompinit");
    assertThat(program.run("completion", "tcsh")).isEqualTo(2);
    assertThat(program.err()).contains("'tcsh' is none of bash, zsh, fish");
  }

  @Test
  void fishIsToldOfCommandsAndOptionsWithWhatTheyAre() {
    assertThat(program.run("completion", "fish")).isZero();
    assertThat(program.out().lines())
        .contains(
            "complete -c pulzar -n '__fish_use_subcommand' -a launch -d 'Starts a job.'",
            "complete -c pulzar -n '__fish_seen_subcommand_from get' -s o -l output -r -F -d 'where it"
                + " goes; the file is whole or not there'",
            "complete -c pulzar -n '__fish_seen_subcommand_from token; and not"
                + " __fish_seen_subcommand_from create list revoke' -a revoke -d 'Ends one.'")
        .anyMatch(line -> line.contains("-l misfire -r -a 'once skip all'"))
        .allMatch(line -> line.startsWith("complete -c pulzar ") || line.startsWith("#"))
        .allMatch(line -> quotes(line) % 2 == 0);
  }

  @Test
  void everyCommandHasAManualPageThatManCanShow() throws Exception {
    assertThat(program.run("man", directory.toString())).isZero();
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> pages = files.filter(file -> file.toString().endsWith(".1")).toList();
      assertThat(pages).hasSizeGreaterThan(35);
      for (Path page : pages) {
        assertThat(page).content().startsWith(".TH PULZAR").contains(".SH NAME", ".SH EXIT STATUS");
        if (Files.isExecutable(GROFF)) {
          assertThat(said(GROFF.toString(), "-man", "-ww", "-z", page.toString())).isEmpty();
        }
      }
    }
    assertThat(directory.resolve("pulzar-token.1"))
        .content()
        .contains(".SS token create", "\\-\\-expires 90d", "\\-\\-server URL");
  }

  private static long quotes(String line) {
    return line.replace("\\'", "").chars().filter(character -> character == '\'').count();
  }

  /** What bash makes of the last of these words. */
  private String completed(String... words) throws Exception {
    assertThat(program.run("completion", "bash")).isZero();
    Path script = Files.writeString(directory.resolve("completion"), program.out());
    String typed = String.join(" ", words);
    return said(
        "bash",
        "-c",
        "source %s; COMP_WORDS=(pulzar %s); COMP_CWORD=%d; _complete_pulzar 2>/dev/null; echo ${COMPREPLY[@]}"
            .formatted(script, typed, words.length));
  }

  private static String said(String... line) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }
}

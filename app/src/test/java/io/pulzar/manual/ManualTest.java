package io.pulzar.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of the manual's code without running it. */
final class ManualTest {

  private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^]\\n]+\\]\\(([^)\\s]+)\\)");
  private static final Pattern COMMAND =
      Pattern.compile(
          "(\\$ |curl |\\./pulzar |pulzar (?!\\d)|python3 |import |from \\w+ import ).*");

  @TempDir private Path directory;

  @Test
  void everyBlockSaysItsLanguageAndNoneIsOnlyIndented() throws IOException {
    assertThat(Manual.blocks())
        .hasSizeGreaterThan(100)
        .allSatisfy(block -> assertThat(block.language()).as("" + block).isIn(Block.LANGUAGES));
    for (String page : Manual.pages()) {
      assertThat(indented(page)).as("between fences it could be run").isEmpty();
    }
  }

  private static List<String> indented(String page) throws IOException {
    List<String> found = new ArrayList<>();
    boolean isCode = false;
    String before = "";
    for (String line : Files.readAllLines(Manual.CHECKOUT.resolve(page))) {
      isCode ^= line.strip().startsWith("```");
      if (!isCode && before.isBlank() && line.startsWith("    ")) {
        found.add(page + ": " + line);
      }
      before = line;
    }
    return found;
  }

  @Test
  void nothingThatCouldBeRunIsCalledATextAndNothingElseIsMarked() throws IOException {
    assertThat(Manual.blocks().stream().filter(block -> !block.isProgram()))
        .allSatisfy(
            block -> {
              assertThat(block.notRun().or(block::runBy)).as("" + block).isEmpty();
              assertThat(block.setup()).as("" + block).isEmpty();
              if (block.language().equals("text")) {
                assertThat(block.lines()).as("" + block).noneMatch(ManualTest::isCommand);
              }
            });
  }

  private static boolean isCommand(String line) {
    return COMMAND.matcher(line).matches();
  }

  @Test
  void whatIsNotRunHereSaysWhyOrWhoRunsIt() throws IOException {
    List<String> tests;
    try (Stream<Path> files = Files.walk(Manual.CHECKOUT)) {
      tests =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".java") || name.equals("run-tutorial"))
              .map(name -> name.replace(".java", ""))
              .toList();
    }
    assertThat(Manual.blocks())
        .allSatisfy(
            block -> {
              block.notRun().ifPresent(why -> assertThat(why).as("" + block).hasSizeGreaterThan(8));
              block.runBy().ifPresent(name -> assertThat(tests).as("" + block).contains(name));
              assertThat(block.notRun().isPresent() && block.runBy().isPresent()).isFalse();
            });
  }

  @Test
  void allShellParses() throws Exception {
    List<String> commands = new ArrayList<>();
    for (Block block : Manual.blocks()) {
      if (Block.SHELL.contains(block.language())) {
        Path file = write(block, ".sh", block.setup() + String.join("\n", block.commands()));
        commands.add("bash -n " + file.getFileName() + " || echo 'in " + block + "'");
      }
    }
    assertThat(commands).hasSizeGreaterThan(30);
    assertThat(said("bash", "-c", String.join("\n", commands))).isEmpty();
  }

  @Test
  void allPythonParsesAndEachFileIsUsedBelow() throws Exception {
    for (Block block : Manual.blocks()) {
      if (block.language().equals("python")) {
        write(block, ".py", block.text());
      }
    }
    String program =
        """
        import ast, pathlib
        for file in sorted(pathlib.Path().glob('*.py')):
            try:
                ast.parse(file.read_text('utf-8'), str(file))
            except SyntaxError as error:
                print(file, error)
        """;
    assertThat(said(System.getenv().getOrDefault("PYTHON", "python3"), "-c", program)).isEmpty();
    for (String page : Manual.pages()) {
      List<Block> blocks = Manual.blocks(page);
      for (Block block : blocks) {
        if (block.file().isPresent() && block.isRunHere()) {
          String name = block.file().get().replaceAll("^\\w+/|(/__init__)?\\.py$", "");
          assertThat(blocks.subList(blocks.indexOf(block) + 1, blocks.size()))
              .as(block + " is used by no block below it")
              .anyMatch(later -> later.text().contains(name));
        }
      }
    }
  }

  @Test
  void allJsonParses() throws IOException {
    JsonMapper json = JsonMapper.createDefault();
    for (Block block : Manual.blocks()) {
      if (block.language().equals("json")) {
        assertThatCode(() -> json.readValue(block.text(), Argument.OBJECT_ARGUMENT))
            .as("" + block)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void allConfigurationIsMadeOfSettings() throws IOException {
    for (Block block : Manual.blocks()) {
      if (block.language().equals("ini")) {
        Path file = write(block, ".conf", block.text());
        assertThatCode(
                () ->
                    TestServer.settings(directory, Map.of("pulzar.server.config", file.toString())))
            .as("" + block)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void allLinksLeadSomewhere() throws IOException {
    for (String page : Manual.pages()) {
      String text = Files.readString(Manual.CHECKOUT.resolve(page));
      for (MatchResult link : LINK.matcher(text).results().toList()) {
        String target = link.group(1);
        if (!target.contains("://") && !target.startsWith("mailto:")) {
          follow(page, target);
        }
      }
    }
  }

  private static void follow(String page, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path from = Manual.CHECKOUT.resolve(page);
    Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
    assertThat(file).as(page + " links to " + target).exists();
    if (parts.length == 2) {
      assertThat(Files.readAllLines(file).stream().filter(line -> line.startsWith("#")))
          .as(page + " links to " + target)
          .anyMatch(heading -> id(heading).equals(parts[1]));
    }
  }

  /** As GitHub makes them. */
  private static String id(String heading) {
    return heading
        .replaceFirst("#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private Path write(Block block, String end, String text) throws IOException {
    return Files.writeString(
        directory.resolve(block.page().replace('/', '_') + "_" + block.line() + end), text);
  }

  private String said(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}

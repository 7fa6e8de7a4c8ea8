package io.pulzar.manual;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Types one page of the manual into a shell, from its first block to its last. */
final class PageRun {

  /** What a page may take; on a busy machine too. */
  private static final long PATIENCE = 240;

  private final Desk desk;
  private final List<Block> blocks;
  private final Path scratch;
  private final StringBuilder typed = new StringBuilder();
  private boolean hasClient;

  PageRun(Desk desk, List<Block> blocks) throws IOException {
    this.desk = desk;
    this.blocks = blocks;
    this.scratch = Files.createDirectories(desk.folder().resolve(".blocks"));
  }

  /** What is wrong with it, each with its block; empty when all is well. */
  List<String> problems() throws IOException, InterruptedException {
    typed.append("set -eo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
    typed.append("find . -mindepth 1 -maxdepth 1 ! -name jobs ! -name extensions ! -name '.*'");
    typed.append(" -exec rm -r {} +\npulzar keys | xargs -r pulzar rm >/dev/null\n");
    typed.append("ln -s \"$(command -v pulzar)\" pulzar\n");
    for (int number = 0; number < blocks.size(); number++) {
      type(number, blocks.get(number));
    }
    mark(blocks.size(), Transcript.END, "");
    Path script = Files.writeString(scratch.resolve("page.sh"), typed);
    return new Transcript(blocks, said(script)).problems();
  }

  private void type(int number, Block block) throws IOException {
    if (!block.setup().isBlank()) {
      mark(number, Transcript.RUNS, "");
      typed.append(desk.here(block.setup()));
    }
    hasClient |=
        block.text().contains("import pulzarclient") || block.text().contains("from pulzarclient");
    if (!block.isRunHere()) {
      return;
    }
    switch (block.language()) {
      case "sh" -> {
        mark(number, Transcript.RUNS, "");
        typed.append(". ").append(written(number, ".sh", block.text())).append(" </dev/null\n");
      }
      case "console" -> console(number, block);
      default -> {
        mark(number, Transcript.RUNS, "");
        python(number, block);
      }
    }
  }

  private void python(int number, Block block) throws IOException {
    Path file = written(number, ".py", block.text());
    if (block.file().isPresent()) {
      typed.append("install -D %s %s\n".formatted(file, block.file().get()));
    } else if (hasClient) {
      typed.append("python3 -W error %s\n".formatted(file));
    } else {
      String name =
          "manual/"
              + block.page().replaceAll("\\W", "_").toLowerCase(Locale.ROOT)
              + "_"
              + block.line();
      typed.append(
          "install -D %s jobs/%s.py\npulzar launch %s --follow\n".formatted(file, name, name));
    }
  }

  /** Each command by itself, so that what it printed is known. */
  private void console(int number, Block block) throws IOException {
    List<String> lines = block.lines();
    typed.append("set +e\n");
    for (int at = 0; at < lines.size(); at++) {
      if (!lines.get(at).startsWith("$ ")) {
        continue;
      }
      StringBuilder command = new StringBuilder(lines.get(at).substring(2));
      while (at + 1 < lines.size() && lines.get(at + 1).startsWith("> ")) {
        command.append('\n').append(lines.get(++at).substring(2));
      }
      Path file = written(number, "_" + at + ".sh", command + "\n");
      mark(number, Transcript.RUNS, "" + at);
      typed.append(". ").append(file).append(" </dev/null\nstatus=$?\n");
      mark(number, Transcript.STATUS, "$status");
    }
    typed.append("set -e\n");
  }

  private void mark(int number, String kind, String detail) {
    typed.append("printf '\\001%%s\\n' \"%d %s %s\"\n".formatted(number, kind, detail));
  }

  private Path written(int number, String end, String text) throws IOException {
    return Files.writeString(scratch.resolve(number + end), desk.here(text));
  }

  private String said(Path script) throws IOException, InterruptedException {
    Path output = scratch.resolve("output");
    ProcessBuilder shell =
        new ProcessBuilder("bash", script.toString())
            .directory(desk.folder().toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile());
    shell.environment().keySet().removeIf(name -> name.startsWith("PULZAR_"));
    shell.environment().putAll(desk.environment());
    Process process = shell.start();
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      process
          .descendants()
          .forEach(
              child -> {
                var _ = child.destroy();
              });
      process.destroy();
    }
    return desk.there(Files.readString(output, StandardCharsets.UTF_8));
  }
}

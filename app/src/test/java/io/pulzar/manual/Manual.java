package io.pulzar.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the blocks of code of README.md and docs/. */
final class Manual {

  static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  /** Equal to the commands themselves, which EveryCommandTest holds it to and runs each of. */
  private static final String GENERATED = "docs/command-line.md";

  /** The one that numbers its jobs and schedules from 1 comes before all others. */
  private static final String FIRST = "docs/tutorial.md";

  private static final List<String> LONG =
      List.of(
          "docs/coming-from/",
          "docs/python.md",
          "docs/recipes.md",
          "docs/records.md",
          "docs/security.md");

  private static final Pattern FENCE = Pattern.compile("( *)```(\\w*)");
  private static final Pattern COMMENT = Pattern.compile("(?s)<!-- (.*?)\\s-->");
  private static final String COMMENT_BEGINS = "<!-- ";
  private static final String NOT_RUN = "not run: ";
  private static final String RUN_BY = "run by ";
  private static final String SETUP = "setup:";

  private Manual() {}

  static List<String> pages() throws IOException {
    try (Stream<Path> files = Files.walk(CHECKOUT.resolve("docs"))) {
      return Stream.concat(Stream.of(CHECKOUT.resolve("README.md")), files)
          .map(file -> CHECKOUT.relativize(file).toString())
          .filter(page -> page.endsWith(".md") && !page.equals(GENERATED))
          .sorted(
              Comparator.comparing((String page) -> !page.equals(FIRST))
                  .thenComparing(page -> page))
          .toList();
    }
  }

  /** Those with something that is run here. */
  static Stream<String> pagesToRun() throws IOException {
    List<String> found = new ArrayList<>();
    for (String page : pages()) {
      if (blocks(page).stream().anyMatch(Block::isRunHere)) {
        found.add(page);
      }
    }
    return found.stream();
  }

  /** Whether a page takes too long for what each change must pass. */
  static boolean isLong(String page) {
    return LONG.stream().anyMatch(page::startsWith);
  }

  static List<Block> blocks() throws IOException {
    List<Block> all = new ArrayList<>();
    for (String page : pages()) {
      all.addAll(blocks(page));
    }
    return all;
  }

  static List<Block> blocks(String page) throws IOException {
    List<String> lines = Files.readAllLines(CHECKOUT.resolve(page));
    List<Block> blocks = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      Matcher fence = FENCE.matcher(lines.get(at));
      if (!fence.matches()) {
        if (lines.get(at).contains("```")) {
          throw new IllegalStateException(page + ":" + (at + 1) + " is no fence as we write them");
        }
        at++;
        continue;
      }
      int end = at + 1;
      while (!lines.get(end).equals(fence.group(1) + "```")) {
        end++;
      }
      int indent = fence.group(1).length();
      List<String> code =
          lines.subList(at + 1, end).stream()
              .map(line -> line.substring(Math.min(indent, line.length())))
              .toList();
      blocks.add(block(page, at + 1, fence.group(2), code, above(lines, at)));
      at = end + 1;
    }
    return blocks;
  }

  private static Block block(
      String page, int line, String language, List<String> code, List<String> comments) {
    Optional<String> notRun = Optional.empty();
    Optional<String> runBy = Optional.empty();
    StringBuilder setup = new StringBuilder();
    for (String comment : comments) {
      if (comment.startsWith(NOT_RUN)) {
        notRun = Optional.of(comment.substring(NOT_RUN.length()));
      } else if (comment.startsWith(RUN_BY)) {
        runBy = Optional.of(comment.substring(RUN_BY.length()));
      } else if (comment.startsWith(SETUP)) {
        setup.append(comment.substring(SETUP.length()).strip()).append('\n');
      } else {
        throw new IllegalStateException(page + ":" + line + " has an unknown comment: " + comment);
      }
    }
    return new Block(page, line, language, code, notRun, runBy, setup.toString());
  }

  /** The comments that end right above a line. */
  private static List<String> above(List<String> lines, int fence) {
    int from = fence;
    while (from > 0 && lines.get(from - 1).strip().endsWith("-->")) {
      from--;
      while (!lines.get(from).strip().startsWith(COMMENT_BEGINS)) {
        from--;
      }
    }
    return COMMENT
        .matcher(String.join("\n", lines.subList(from, fence)))
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}

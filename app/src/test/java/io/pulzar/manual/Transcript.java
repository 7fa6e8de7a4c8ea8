package io.pulzar.manual;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What came of a page, cut by marks that the shell printed in between: {@code \001NUMBER KIND
 * DETAIL}, with the number of the block.
 */
final class Transcript {

  /** What follows comes from the block; of a console the detail is the line of the command. */
  static final String RUNS = "runs";

  /** The status of the command of a console before. */
  static final String STATUS = "status";

  /** Nothing is missing. */
  static final String END = "end";

  private static final Pattern MARKED =
      Pattern.compile("\\x01(\\d+) (\\w+) ?([^\\n]*)\\n([^\\x01]*)");

  private final List<Block> blocks;
  private final String said;

  Transcript(List<Block> blocks, String said) {
    this.blocks = blocks;
    this.said = said;
  }

  List<String> problems() {
    List<MatchResult> parts = MARKED.matcher(said).results().toList();
    if (parts.isEmpty()) {
      return List.of("the shell did nothing: " + said);
    }
    List<String> problems = new ArrayList<>();
    Set<Integer> reached = new HashSet<>();
    MatchResult before = parts.getFirst();
    for (MatchResult part : parts) {
      if (part.group(2).equals(RUNS)) {
        reached.add(Integer.parseInt(part.group(1)));
      } else if (part.group(2).equals(STATUS)) {
        judge(before, part.group(3).strip(), problems);
      }
      before = part;
    }
    if (!before.group(2).equals(END)) {
      problems.add(at(before) + " failed or went on for too long:\n" + before.group(4));
      return problems;
    }
    for (int number = 0; number < blocks.size(); number++) {
      if (blocks.get(number).isRunHere() && !reached.contains(number)) {
        problems.add(blocks.get(number) + " was not run");
      }
    }
    return problems;
  }

  private void judge(MatchResult command, String status, List<String> problems) {
    List<String> lines = blocks.get(Integer.parseInt(command.group(1))).lines();
    List<String> shown =
        lines.subList(Integer.parseInt(command.group(3).strip()) + 1, lines.size()).stream()
            .dropWhile(line -> line.startsWith("> "))
            .takeWhile(line -> !line.startsWith("$ "))
            .toList();
    String printed = command.group(4);
    if (shown.isEmpty() && !status.equals("0")) {
      problems.add(at(command) + " ended with status " + status + ":\n" + printed);
    } else if (!shown.isEmpty() && !ShownOutput.matches(shown, printed)) {
      problems.add(
          at(command) + " shows\n" + String.join("\n", shown) + "\nand what came is\n" + printed);
    }
  }

  private Block at(MatchResult part) {
    return blocks.get(Math.min(blocks.size() - 1, Integer.parseInt(part.group(1))));
  }
}

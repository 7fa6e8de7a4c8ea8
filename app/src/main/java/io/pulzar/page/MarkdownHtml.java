package io.pulzar.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Markdown that our own manual is written in, as HTML: headings, paragraphs, tables, code
 * between fences; in a line code, strong words and links. Not a converter for texts of others: what
 * it does not know it shows as text, and markup in the text stays text.
 */
final class MarkdownHtml {

  private static final String FENCE = "```";
  private static final Pattern HEADING = Pattern.compile("(#{1,3}) (.*)");
  private static final Pattern RULE = Pattern.compile("\\|(?:[ :-]*-[ :-]*\\|)+");
  private static final Pattern CELLS = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern SPAN =
      Pattern.compile(
          "\\\\(?<kept>\\p{Punct})|`(?<code>[^`]+)`|\\*\\*(?<strong>[^*]+)\\*\\*|\\[(?<shown>[^]]+)\\]\\((?<target>[^)\\s]+)\\)");

  /**
   * A heading, for lists of contents.
   *
   * @param level from 1
   * @param html what it says
   */
  record Heading(int level, String id, String html) {}

  /**
   * @param headings in their order
   */
  record Page(String html, List<Heading> headings) {}

  private final Deque<String> lines;
  private final StringBuilder html = new StringBuilder();
  private final List<Heading> headings = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();

  private MarkdownHtml(String markdown) {
    lines = new ArrayDeque<>(markdown.lines().toList());
  }

  static Page of(String markdown) {
    MarkdownHtml page = new MarkdownHtml(markdown);
    while (!page.lines.isEmpty()) {
      page.block(page.lines.removeFirst());
    }
    return new Page(page.html.toString(), List.copyOf(page.headings));
  }

  private void block(String line) {
    Matcher heading = HEADING.matcher(line);
    if (line.isBlank()) {
      return;
    }
    if (heading.matches()) {
      heading(heading.group(1).length(), heading.group(2));
    } else if (line.startsWith(FENCE)) {
      code();
    } else if (line.startsWith("|")) {
      table(line);
    } else {
      paragraph(line);
    }
  }

  private void heading(int level, String text) {
    String id = id(text);
    String shown = spans(text);
    headings.add(new Heading(level, id, shown));
    html.append(
        "<h%d id=\"%s\"><a href=\"#%s\">%s</a></h%d>\n".formatted(level, id, id, shown, level));
  }

  /** As GitHub makes them, so that links within a page work in both. */
  private String id(String text) {
    String id =
        text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
    int before = ids.merge(id, 1, Integer::sum) - 1;
    return before == 0 ? id : id + "-" + before;
  }

  private void code() {
    List<String> code = new ArrayList<>();
    while (!lines.isEmpty() && !lines.getFirst().startsWith(FENCE)) {
      code.add(lines.removeFirst());
    }
    lines.pollFirst();
    html.append("<pre class=\"box\"><code>")
        .append(escaped(String.join("\n", code)))
        .append("</code></pre>\n");
  }

  private void table(String head) {
    html.append("<div class=\"scroll\" tabindex=\"0\"><table>\n");
    if (!lines.isEmpty() && RULE.matcher(lines.getFirst()).matches()) {
      lines.removeFirst();
      html.append("<thead>").append(row(head, "th")).append("</thead>\n");
    } else {
      html.append(row(head, "td"));
    }
    html.append("<tbody>\n");
    while (!lines.isEmpty() && lines.getFirst().startsWith("|")) {
      html.append(row(lines.removeFirst(), "td"));
    }
    html.append("</tbody></table></div>\n");
  }

  private static String row(String line, String cell) {
    String inner = line.substring(1, line.length() - (line.endsWith("|") ? 1 : 0));
    return CELLS
        .splitAsStream(inner)
        .map(text -> "<" + cell + ">" + spans(text.strip()) + "</" + cell + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  private void paragraph(String first) {
    StringBuilder text = new StringBuilder(first);
    while (!lines.isEmpty() && goesOn(lines.getFirst())) {
      text.append('\n').append(lines.removeFirst());
    }
    html.append("<p>").append(spans(text.toString())).append("</p>\n");
  }

  private static boolean goesOn(String line) {
    return !line.isBlank()
        && !line.startsWith("|")
        && !line.startsWith(FENCE)
        && !HEADING.matcher(line).matches();
  }

  private static String spans(String text) {
    StringBuilder html = new StringBuilder();
    Matcher span = SPAN.matcher(text);
    int from = 0;
    while (span.find()) {
      html.append(escaped(text.substring(from, span.start())));
      from = span.end();
      html.append(span(span::group));
    }
    return html.append(escaped(text.substring(from))).toString();
  }

  private static String span(Function<String, String> group) {
    if (group.apply("kept") != null) {
      return escaped(group.apply("kept"));
    }
    if (group.apply("code") != null) {
      return "<code>" + escaped(group.apply("code").replace("\\|", "|")) + "</code>";
    }
    if (group.apply("strong") != null) {
      return "<strong>" + spans(group.apply("strong")) + "</strong>";
    }
    String shown = spans(group.apply("shown"));
    String target = group.apply("target");
    // Other pages of the manual are files of the checkout, which the server does not have.
    return target.startsWith("#") || target.startsWith("/") || target.startsWith("https://")
        ? "<a class=\"link\" href=\"" + escaped(target) + "\">" + shown + "</a>"
        : "<em>" + shown + "</em>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

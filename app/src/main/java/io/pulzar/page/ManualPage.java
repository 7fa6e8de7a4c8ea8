package io.pulzar.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.json.JsonMapper;
import io.pulzar.openapi.HttpPage;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.Version;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code docs/http.md} for a browser, which needs no script to show it. */
@Singleton
@OnMaster
final class ManualPage {

  private static final String TEMPLATE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>HTTP API of Pulzar</title>
          <link rel="icon" href="{files}/icon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="{files}/style.css">
          <link rel="stylesheet" href="{files}/manual.css">
        </head>
        <body class="manual">
          <a class="skip" href="#text">To the text</a>
          <nav aria-label="Contents">
            <strong><a href="/"><img src="{files}/icon.svg" alt="">Pulzar {version}</a></strong>
      {contents}    </nav>
          <main id="text">
      {text}    </main>
        </body>
      </html>
      """;

  private final PageFiles files;
  private final JsonMapper json;
  private volatile @Nullable PageFile made;

  ManualPage(PageFiles files, JsonMapper json) {
    this.files = files;
    this.json = json;
  }

  /** It is made when somebody first asks for it; to make it twice does no harm. */
  PageFile file() {
    PageFile known = made;
    if (known == null) {
      MarkdownHtml.Page page = MarkdownHtml.of(HttpPage.render(json));
      String html =
          TEMPLATE
              .replace("{files}", "/page/" + files.version())
              .replace("{version}", Version.CURRENT)
              .replace("{contents}", contents(page.headings()))
              .replace("{text}", page.html());
      known = new PageFile("manual.html", html.getBytes(UTF_8));
      made = known;
    }
    return known;
  }

  /** A heading, and behind it those below it, to be opened. */
  private static String contents(List<MarkdownHtml.Heading> headings) {
    StringBuilder html = new StringBuilder();
    boolean isOpen = false;
    for (int at = 0; at < headings.size(); at++) {
      MarkdownHtml.Heading heading = headings.get(at);
      boolean hasMore = at + 1 < headings.size() && headings.get(at + 1).level() > 2;
      if (heading.level() == 2) {
        html.append(isOpen ? "</details>\n" : "");
        isOpen = hasMore;
        html.append(hasMore ? "<details><summary>%s</summary>\n".formatted(heading.html()) : "");
      }
      if (heading.level() > 2 || (heading.level() == 2 && !hasMore)) {
        html.append("<a href=\"#%s\">%s</a>\n".formatted(heading.id(), heading.html()));
      }
    }
    return html.append(isOpen ? "</details>\n" : "").toString();
  }
}

package io.pulzar.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MarkdownHtmlTest {

  private static String html(String markdown) {
    return MarkdownHtml.of(markdown).html().strip();
  }

  @Test
  void markupInATextStaysText() {
    assertThat(html("a <b> & \"c\" <script>x</script>"))
        .isEqualTo("<p>a &lt;b&gt; &amp; &quot;c&quot; &lt;script&gt;x&lt;/script&gt;</p>");
    assertThat(html("```html\n<b>\n```"))
        .isEqualTo("<pre class=\"box\"><code>&lt;b&gt;</code></pre>");
    assertThat(html("`<b>` and [<b>](#a\"b)"))
        .isEqualTo(
            "<p><code>&lt;b&gt;</code> and <a class=\"link\" href=\"#a&quot;b\">&lt;b&gt;</a></p>");
  }

  @Test
  void whatABackslashKeepsIsShown() {
    assertThat(html("finance/\\*\\* a \\| b \\<c>")).isEqualTo("<p>finance/** a | b &lt;c&gt;</p>");
    assertThat(html("| a \\| b | `c \\| d` |"))
        .contains("<td>a | b</td><td><code>c | d</code></td>");
  }

  @Test
  void onlyLinksThatLeadSomewhereAreLinks() {
    assertThat(html("[a](#b) [c](/d) [e](jobs.md) [f](javascript:x)"))
        .isEqualTo(
            "<p><a class=\"link\" href=\"#b\">a</a> <a class=\"link\" href=\"/d\">c</a>"
                + " <em>e</em> <em>f</em></p>");
  }

  @Test
  void headingsAreNamedAsGitHubNamesThem() {
    MarkdownHtml.Page page = MarkdownHtml.of("# One\n## Two: a, b\n## Two: a, b\n### `PUT /x/{y}`");
    assertThat(page.headings().stream().map(MarkdownHtml.Heading::id))
        .containsExactly("one", "two-a-b", "two-a-b-1", "put-xy");
    assertThat(page.headings().getLast().html()).isEqualTo("<code>PUT /x/{y}</code>");
  }

  @Test
  void aTableHasAHeadWhereALineSaysSo() {
    assertThat(html("| a | b |\n|---|---|\n| 1 | **2** |"))
        .contains("<thead><tr><th>a</th><th>b</th></tr>")
        .contains("<tbody>\n<tr><td>1</td><td><strong>2</strong></td></tr>");
  }

  @Test
  void aParagraphEndsWhereSomethingElseBegins() {
    assertThat(html("one\ntwo\n## three\nfour\n```sh\nfive\n"))
        .contains("<p>one\ntwo</p>", "<p>four</p>", "<code>five</code>");
  }
}

package io.pulzar.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command and program of README.md and docs/, as it stands there, against a real server with
 * real workers. What is not run says so in the Markdown. Pages with many scripts take longer, as an
 * interpreter begins for each, and are for the long gate.
 */
@Tag("slow")
final class ManualIT {

  @TempDir private static Path root;
  private static Desk desk;

  @BeforeAll
  static void start() throws IOException {
    desk = new Desk(root.toRealPath());
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  static List<String> pages() throws IOException {
    List<String> pages = Manual.pagesToRun().filter(page -> !Manual.isLong(page)).toList();
    assertThat(pages).contains("README.md", "docs/tutorial.md").hasSizeGreaterThan(10);
    return pages;
  }

  static List<String> longPages() throws IOException {
    List<String> pages = Manual.pagesToRun().filter(Manual::isLong).toList();
    assertThat(pages).contains("docs/recipes.md", "docs/coming-from/cron.md");
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatIsTypedAsThePageSaysDoesWhatItSays(String page) throws Exception {
    type(page);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("longPages")
  void whatIsTypedAsALongPageSaysDoesWhatItSays(String page) throws Exception {
    type(page);
  }

  private static void type(String page) throws Exception {
    assertThat(new PageRun(desk, Manual.blocks(page)).problems()).as(page).isEmpty();
  }
}

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

/** The pages of the manual with many scripts, each of which an interpreter begins for. */
@Tag("long")
final class LongManualIT {

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
    List<String> pages = Manual.pagesToRun().filter(Manual::isLong).toList();
    assertThat(pages).contains("docs/recipes.md", "docs/coming-from/cron.md");
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatIsTypedAsThePageSaysDoesWhatItSays(String page) throws Exception {
    assertThat(new PageRun(desk, Manual.blocks(page)).problems()).as(page).isEmpty();
  }
}

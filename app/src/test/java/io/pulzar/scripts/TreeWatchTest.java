package io.pulzar.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeWatchTest {

  @TempDir private Path root;
  private final long[] nanos = {0};

  @Test
  void nothingChangesByItself() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    try (TreeWatch watch = watch()) {
      long state = watch.version();
      for (int look = 0; look < 100; look++) {
        assertThat(watch.version()).isEqualTo(state);
      }
    }
  }

  @Test
  void aChangeAnywhereIsTold() throws IOException {
    Path deep = Files.createDirectories(root.resolve("a/b"));
    try (TreeWatch watch = watch()) {
      awaitNews(watch, () -> Files.writeString(deep.resolve("new.py"), "1"));
      awaitNews(watch, () -> Files.writeString(deep.resolve("new.py"), "2"));
      awaitNews(watch, () -> Files.move(deep.resolve("new.py"), root.resolve("moved.py")));
      awaitNews(watch, () -> Files.delete(root.resolve("moved.py")));
    }
  }

  @Test
  void newDirectoriesAreWatchedToo() throws IOException {
    try (TreeWatch watch = watch()) {
      awaitNews(watch, () -> Files.createDirectories(root.resolve("x/y")));
      awaitNews(watch, () -> Files.writeString(root.resolve("x/y/late.py"), "1"));
    }
  }

  @Test
  void nowAndThenAChangeIsClaimedAnyway() throws IOException {
    try (TreeWatch watch = watch()) {
      long state = watch.version();
      nanos[0] += TreeWatch.ANYWAY.minusSeconds(1).toNanos();
      assertThat(watch.version()).isEqualTo(state);
      nanos[0] += Duration.ofSeconds(1).toNanos();
      assertThat(watch.version()).isGreaterThan(state);
    }
  }

  @Test
  void whatCannotBeWatchedMayAlwaysHaveChanged() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    try (TreeWatch watch = new TreeWatch(root, () -> nanos[0], 2)) {
      long state = watch.version();
      assertThat(watch.version()).isGreaterThan(state);
    }
    try (TreeWatch missing = new TreeWatch(root.resolve("later"), () -> nanos[0], 10)) {
      long state = missing.version();
      assertThat(missing.version()).isGreaterThan(state);
      Files.createDirectory(root.resolve("later"));
      long there = missing.version();
      assertThat(there).isGreaterThan(state);
      assertThat(missing.version()).isEqualTo(there);
    }
  }

  private TreeWatch watch() {
    return new TreeWatch(root, () -> nanos[0], 1_000);
  }

  private static void awaitNews(TreeWatch watch, Change change) throws IOException {
    long before = watch.version();
    change.make();
    Await.until("the change is told", () -> watch.version() > before);
  }

  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }
}

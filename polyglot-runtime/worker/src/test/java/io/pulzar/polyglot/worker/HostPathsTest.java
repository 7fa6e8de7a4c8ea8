package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HostPathsTest {

  private final HostPaths paths = new HostPaths(List.of(Path.of("/home/image/python")));

  HostPathsTest() {
    paths.begin(Path.of("/srv/jobs"), Path.of("/srv/scratch/17"), Path.of("/srv/uploads/upload1"));
  }

  @Test
  void whatLiesInADirectoryOfTheHostIsNamedFromThereOn() {
    assertThat(paths.hide("File \"/srv/jobs/a/b.py\", line 1"))
        .isEqualTo("File \"a/b.py\", line 1");
    assertThat(paths.hide("no file '/srv/scratch/17/x'")).isEqualTo("no file 'x'");
    assertThat(paths.hide("cannot identify '/srv/uploads/upload1'"))
        .isEqualTo("cannot identify 'upload1'");
    assertThat(paths.hide("/home/image/python/lib/os.py:1:")).isEqualTo("lib/os.py:1:");
  }

  @Test
  void theDirectoryItselfIsNamedByItsLastName() {
    assertThat(paths.hide("in /srv/jobs: nothing")).isEqualTo("in jobs: nothing");
  }

  @Test
  void whatOnlyContainsSuchAPathIsLeftAlone() {
    String text = "/srv/jobs2/x and /other/srv/jobs/x and http://srv/jobs-old";
    assertThat(paths.hide(text)).isEqualTo(text);
  }
}

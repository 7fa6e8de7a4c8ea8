package io.pulzar.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.settings.BadSettingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RuntimeChoiceTest {

  private static final RuntimeChoice CHOICE =
      choice(
          "legacy=python2", "/legacy/new/ = graalpy", "numbers/**=CPython", "tables/sum=cpython");

  @Test
  void theNearestDirectoryCounts() {
    assertThat(of("legacy/deep/report", "")).isEqualTo(ScriptRuntime.PYTHON2);
    assertThat(of("legacy/new/report", "")).isEqualTo(ScriptRuntime.GRAALPY);
    assertThat(of("numbers/mean", "")).isEqualTo(ScriptRuntime.CPYTHON);
    assertThat(of("tables/sum", "")).isEqualTo(ScriptRuntime.CPYTHON);
    assertThat(of("legacyreport", "")).isEqualTo(ScriptRuntime.GRAALPY);
  }

  @Test
  void theDocstringGoesBeforeTheShebangAndThatBeforeTheDirectory() {
    String asked = "def execute():\n    '''\n    Runtime: cpython\n    '''\n";
    assertThat(of("legacy/report", asked)).isEqualTo(ScriptRuntime.CPYTHON);
    assertThat(of("report", "#!/usr/bin/python2\n" + asked)).isEqualTo(ScriptRuntime.CPYTHON);
    assertThat(of("numbers/mean", "#!/usr/bin/env python2\nprint 1\n"))
        .isEqualTo(ScriptRuntime.PYTHON2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"#!/usr/bin/python2.7", "#!/usr/bin/env python2", "#! /usr/local/bin/jython -S"})
  void aShebangThatCanMeanNothingElseIsPython2(String shebang) {
    assertThat(of("script", shebang + "\nprint 1\n")).isEqualTo(ScriptRuntime.PYTHON2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#!/usr/bin/env python3",
        "#!/usr/bin/python",
        "# #!/usr/bin/python2",
        "\n#!/python2"
      })
  void anyOtherFirstLineSaysNothing(String line) {
    assertThat(of("script", line + "\nx = 1\n")).isEqualTo(ScriptRuntime.GRAALPY);
    assertThat(of("numbers/mean", line + "\nx = 1\n")).isEqualTo(ScriptRuntime.CPYTHON);
  }

  @Test
  void aStarStandsForAllScripts() {
    RuntimeChoice choice = choice("*=cpython", "plain=graalpy");
    assertThat(choice.of("a/b", ScriptDocumentation.NONE)).isEqualTo(ScriptRuntime.CPYTHON);
    assertThat(choice.of("plain/b", ScriptDocumentation.NONE)).isEqualTo(ScriptRuntime.GRAALPY);
  }

  @Test
  void anEntryWithoutARuntimeIsRefused() {
    assertThatThrownBy(() -> choice("legacy"))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.jobs.runtimes")
        .hasMessageContaining("legacy=python2");
    assertThatThrownBy(() -> choice("legacy=pypy")).isInstanceOf(BadSettingException.class);
  }

  private static ScriptRuntime of(String path, String source) {
    return CHOICE.of(path, ScriptReader.read(path, source).documentation());
  }

  private static RuntimeChoice choice(String... entries) {
    return new RuntimeChoice(ScriptSettings.RUNTIMES, List.of(entries));
  }
}

package io.pulzar.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a script without running it. */
final class ScriptReaderTest {

  private static KnownScript read(String path, String... lines) {
    return ScriptReader.read(path, String.join("\n", lines) + "\n");
  }

  @Test
  void theDocstringOfTheMethodOfTheClassIsFound() {
    KnownScript read =
        read(
            "count",
            """
            import json  # class Count(CoreJobs):

            '''
            class Count:
                def execute(self):
                    'not this one'
            '''

            class Other(CoreJobs):
                def execute(self):
                    'nor that of another class'

            class Count(
                CoreJobs,
            ):
                # a comment
                def __init__(self, params={'a': [1,
            2]}):
                    '''The constructor.'''
                    super().__init__(params)

                @CoreJobs._pulzar_run_job
                async def execute(self):
                    r'''
                    Description: It's "this" one
                    '''
                    return True
            """);
    assertThat(read.docstring().strip()).isEqualTo("Description: It's \"this\" one");
    assertThat(read.runs()).isTrue();
    assertThat(read.doubt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class A:\n\tdef execute(self):\n\t\t\"Timeout: 3s\"\n",
        "class A:\n  def execute(self): 'Timeout: 3s'; return True\n",
        "class A:\n  def execute(self) -> 'a: b':\n    'Timeout' \": 3\" \\\n    r's'\n",
        "class A:\n  def execute(self):\n    'Time\\x6fut: 3s'  # here\n",
        "class A:\r\n  def execute(self):\r\n    '''Timeout: 3s'''\r\n",
        "\ufeffclass A:\n  def execute(self):\n    u'Timeout: 3s'\n",
        "if True:\n  class A(B):\n    if 1:\n      def execute(self):\n        'Timeout: 3s'\n",
        "class B:\n  def execute(self):\n    'Timeout: 3s'\nclass A(B):\n  pass\n",
        "class A:\n  def execute(self):\n    'x'\n  def execute(self):\n    'Timeout: 3s'\n",
        "class A(CoreJobs): pass\ndef execute(arguments):\n  'Timeout: 3s'\n",
        "class Any(CoreJobs):\n  def execute(self):\n    'Timeout: 3s'\n",
        "'Timeout: 3s'\ndef main(): pass\n",
        "'Timeout: 3s'\nprint(1)\n",
      })
  void theDocstringIsFoundInEveryForm(String source) {
    KnownScript read = ScriptReader.read("a", source);
    assertThat(read.docstring()).isEqualTo("Timeout: 3s");
    assertThat(read.doubt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class A(CoreJobs):\n  def execute(self): pass\n",
        "class A:\n  def execute(self):\n    x = 'Timeout: 3s'\n",
        "class A:\n  def execute(self):\n    f'Timeout: 3s'\n",
        "class A:\n  def execute(self):\n    'Timeout: %s' % 3\n",
        "class A:\n  def execute(self): pass\n'Timeout: 3s'\n",
      })
  void whatIsNoDocstringIsNone(String source) {
    KnownScript read = ScriptReader.read("a", source);
    assertThat(read.docstring()).isEmpty();
    assertThat(read.doubt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class A:\n  def execute(self):\n    ('Timeout: 3s')\n",
        "class A:\n  def execute(self):\n    'Timeout\\N{COLON} 3s'\n\"Memory: 1MB\"\n",
        "from other import A\nclass B:\n  def execute(self):\n    'Timeout: 3s'\n",
        "class B:\n  def execute(self):\n    'Timeout: 3s'\nA = B\n",
        "from other import Base\nclass A(Base):\n  '''\n  Timeout: 3s\n  '''\n",
      })
  void whatMaySetLimitsAndCannotBeReadIsADoubt(String source) {
    assertThat(ScriptReader.read("a", source).doubt()).isNotEmpty();
    assertThat(ScriptReader.read("a", source).documentation().problems()).hasSize(1);
  }

  @Test
  void anInheritedDocstringWithoutAWordOfLimitsIsLeftToTheWorker() {
    KnownScript read = read("a", "from other import Base", "class A(Base):", "  pass");
    assertThat(read.doubt()).isEmpty();
    assertThat(read.runs()).isTrue();
  }

  @Test
  void aFileThatIsOnlyImportedDoesNotRun() {
    assertThat(read("tools", "import os", "LIMIT = 3", "def help(): pass").runs()).isFalse();
    assertThat(read("tools", "def f():", "  class Tools:", "    pass").runs()).isFalse();
    assertThat(read("tools", "import os", "os.remove('x')").runs()).isTrue();
    assertThat(read("tools", "for x in 'ab':", "  print(x)").runs()).isTrue();
    assertThat(read("tools", "if __name__ == '__main__':", "  help()").runs()).isTrue();
  }

  @Test
  void aFileThatPythonRefusesIsRead() {
    assertThat(read("broken", "class Broken(").runs()).isTrue();
    assertThat(read("a", "x = '''never closed", "class A:").runs()).isFalse();
    assertThat(read("a", "x = 'never closed", "class A:", "  def execute(self): pass").runs())
        .isTrue();
    for (String odd : new String[] {"", "\\", "class", "def main(", "'", "\ufeff"}) {
      assertThat(ScriptReader.read("a", odd).doubt()).isEmpty();
    }
  }

  @Test
  void namesAreComparedAsPythonComparesThem() {
    assertThat(ScriptPath.className("x/niño")).isEqualTo("Niño");
    assertThat(ScriptPath.className("ßa")).isEqualTo("Ssa");
    assertThat(read("ﬁn", "class Fin:", "  def execute(self):", "    'x'").docstring())
        .isEqualTo("x");
    assertThat(read("हिंदी", "class हिंदी:", "  def execute(self):", "    'x'").docstring())
        .isEqualTo("x");
  }

  @Test
  void theSignatureOfMainIsRead() {
    Signature signature =
        read(
                "a",
                "def main(name: str, times: 'int' = 2, *, rest: dict[str, int],  # a, b",
                "         flag: bool | None = None, any=',', **more): pass")
            .documentation()
            .parameters();
    assertThat(signature.open()).isTrue();
    assertThat(signature.parameters())
        .containsExactly(
            new ScriptParameter("name", ScriptParameter.Kind.STR, false, true),
            new ScriptParameter("times", ScriptParameter.Kind.INT, false, false),
            new ScriptParameter("rest", ScriptParameter.Kind.DICT, false, true),
            new ScriptParameter("flag", ScriptParameter.Kind.BOOL, true, false),
            new ScriptParameter("any", ScriptParameter.Kind.OTHER, true, false));
  }
}

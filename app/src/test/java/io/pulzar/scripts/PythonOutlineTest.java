package io.pulzar.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PythonOutlineTest {

  @Test
  void theDocstringOfTheMethodOfTheClassIsFound() {
    PythonOutline outline =
        new PythonOutline(
            """
            import json  # class Count(CoreJobs):

            '''
            class Count:
                def execute(self):
                    'not this one'
            '''

            def execute(self):
                'nor this one'

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
    assertThat(outline.hasClass("Count")).isTrue();
    assertThat(outline.docstring("Count", "execute").orElseThrow().strip())
        .isEqualTo("Description: It's \"this\" one");
  }

  @Test
  void plainQuotesAreADocstringToo() {
    PythonOutline outline = new PythonOutline("class A:\n\tdef execute(self):\n\t\t\"Short\"\n");
    assertThat(outline.docstring("A", "execute")).contains("Short");
  }

  @Test
  void aMethodWithoutADocstringHasNone() {
    assertThat(new PythonOutline("class A:\n  def execute(self): pass\n").docstring("A", "execute"))
        .isEmpty();
    assertThat(
            new PythonOutline("class A:\n  def execute(self):\n    x = 'no'\n")
                .docstring("A", "execute"))
        .isEmpty();
    assertThat(
            new PythonOutline("class A:\n  def execute(self): pass\n'module text'\n")
                .docstring("A", "execute"))
        .isEmpty();
  }

  @Test
  void aMethodOfAnotherLevelIsNotTaken() {
    PythonOutline outline =
        new PythonOutline("class A:\n  pass\ndef execute(self):\n  'outside'\n");
    assertThat(outline.docstring("A", "execute")).isEmpty();
  }

  @Test
  void aClassInsideAFunctionDoesNotCount() {
    assertThat(new PythonOutline("def f():\n  class A:\n    pass\n").hasClass("A")).isFalse();
  }

  @Test
  void aFileThatPythonRefusesIsRead() {
    assertThat(new PythonOutline("class Broken(\n").hasClass("Broken")).isTrue();
    assertThat(new PythonOutline("x = '''never closed\nclass A:\n").hasClass("A")).isFalse();
    assertThat(new PythonOutline("x = 'never closed\nclass A:\n").hasClass("A")).isTrue();
    assertThat(new PythonOutline("").hasClass("A")).isFalse();
    assertThat(new PythonOutline("\\").hasClass("A")).isFalse();
  }

  @Test
  void lineEndsOfEverySystemAreUnderstood() {
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      String source = String.join(end, "class A:", "  def execute(self):", "    '''x'''", "");
      assertThat(new PythonOutline(source).docstring("A", "execute")).contains("x");
    }
  }
}

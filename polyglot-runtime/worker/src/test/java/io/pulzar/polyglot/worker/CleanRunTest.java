package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that {@code traces.py} leaves in one clean run is met by the next. */
@Tag("slow")
final class CleanRunTest {

  private static final Pattern RESULT = Pattern.compile("\"(\\w+)\": (true|false)");

  @TempDir Path directory;

  @TestFactory
  List<DynamicTest> nothingTravelsFromOneCleanRunToTheNext() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Matcher matcher = RESULT.matcher(leaveAndLook());
    while (matcher.find()) {
      String name = matcher.group(1);
      boolean clean = Boolean.parseBoolean(matcher.group(2));
      tests.add(DynamicTest.dynamicTest(name, () -> assertThat(clean).as(name).isTrue()));
    }
    assertThat(tests).hasSizeGreaterThan(40);
    return tests;
  }

  /** What can't be put back ends the context, so that nobody meets it either. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "import codecs; codecs.register(lambda name: None)",
        "import codecs; codecs.register_error('strict', lambda error: ('', error.end))",
        "import sys; sys.addaudithook(lambda *_: None)",
        "import colorsys; colorsys.rgb_to_hsv = None"
      })
  void whatCannotBePutBackEndsTheContext(String line) throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      bench.script("once", "def execute(arguments):\n    " + line + "\n");
      Bench.Report report = bench.run("once", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
      report.value();
      assertThat(report.ended().keptScripts()).isEmpty();
    }
  }

  /** What Python has to compare by itself costs a hundred times as much. */
  @Test
  void anOrdinaryRunLeavesHardlyAnythingToCompare() throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      bench.script(
          "ordinary",
          """
          import json
          import logging
          import sys

          def execute(arguments):
              snapshot = sys.modules['_pulzar.state']._snapshot
              changed = snapshot._watch.changed()
              logging.getLogger('ordinary').warning(json.dumps(arguments))
              held = [snapshot._watched[int(place)].counted() for place in changed.split(',') if place]
              return sorted(getattr(one, '__name__', '') for one in held)
          """);
      bench.run("ordinary", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
      Bench.Report report = bench.run("ordinary", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
      assertThat(report.value()).isIn("[]", "[\"sys\"]", "[\"pulzarcore\", \"sys\"]");
    }
  }

  /** The parameters and the environment of a run are the platform's to take back. */
  @Test
  void afterAJobThatChangesNothingThereIsNothingToPutBack() throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      bench.script(
          "watched",
          """
          import sys

          def execute(arguments):
              snapshot = sys.modules['_pulzar.state']._snapshot
              if not hasattr(snapshot, 'put_back'):
                  snapshot.put_back = []
                  for name in ('_restore_watched', '_restore_contents'):
                      def noting(*given, name=name, restore=getattr(snapshot, name)):
                          snapshot.put_back.append([name, *given])
                          restore(*given)
                      setattr(snapshot, name, noting)
                  snapshot.runs = 0
              snapshot.runs += 1
              found = snapshot.put_back[:]
              snapshot.put_back.clear()
              return [snapshot.runs, found]
          """);
      // The first one may end its context, which then has imported ahead what the run did.
      for (int run = 0; run < 3; run++) {
        bench.run("watched", Script.Entry.JOB, "{\"number\": 1}", Isolation.CLEAN);
      }
      Bench.Report report =
          bench.run("watched", Script.Entry.JOB, "{\"number\": 1}", Isolation.CLEAN);
      assertThat(report.value()).matches("\\{\"ok\":true,\"result\":\\[[34], \\[]]}");
    }
  }

  /** As a name that no import finds can't be imported ahead, it must not end each context. */
  @Test
  void aModuleThatAScriptMakesUpLeavesItsContext() throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      bench.script(
          "plants",
          """
          import sys

          def execute(arguments):
              before = 'made_up' in sys.modules
              sys.modules['made_up'] = sys
              return before
          """);
      for (int run = 0; run < 3; run++) {
        Bench.Report report = bench.run("plants", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
        assertThat(report.value()).isEqualTo("false");
        assertThat(report.ended().keptScripts()).hasSize(run == 0 ? 0 : 1);
      }
    }
  }

  /** The interpreter that a clean run gets is that of a plain one, module by module. */
  @Test
  void noModuleIsThereTwiceAndEveryAbstractClassKnowsItsOwn() throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      bench.script(
          "plain",
          """
          import collections, collections.abc, io, numbers, os, sys, decimal, fractions

          def execute(arguments):
              wrong = []
              for name, module in list(sys.modules.items()):
                  again = __import__(name, fromlist=['_'])
                  if again is not module:
                      wrong.append(name)
              pairs = [
                  (os.environ, collections.abc.MutableMapping), (collections.deque(), collections.abc.MutableSequence),
                  ({}, collections.abc.Mapping), ([], collections.abc.MutableSequence), ('', collections.abc.Sequence),
                  (set(), collections.abc.MutableSet), ({}.keys(), collections.abc.KeysView), (1, numbers.Integral),
                  (1.5, numbers.Real), (decimal.Decimal(1), numbers.Number), (fractions.Fraction(1), numbers.Rational),
                  (iter([]), collections.abc.Iterator), ((x for x in ''), collections.abc.Generator),
                  (io.StringIO(), io.IOBase),
                  (collections.OrderedDict(), collections.abc.MutableMapping), (memoryview(b''), collections.abc.Sequence),
                  (collections.Counter(), collections.abc.Mapping), (range(1), collections.abc.Sequence),
              ]
              wrong += [f'{type(one).__name__} {kind.__name__}' for one, kind in pairs if not isinstance(one, kind)]
              if sys.modules['_collections_abc'] is not collections.abc and collections.abc.Mapping is not sys.modules['_collections_abc'].Mapping:
                  wrong.append('_collections_abc')
              return wrong
          """);
      for (int run = 0; run < 3; run++) {
        assertThat(bench.run("plain", Script.Entry.FUNCTION, "[]", Isolation.CLEAN).value())
            .isEqualTo("[]");
      }
    }
  }

  private String leaveAndLook() throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      try (InputStream script = CleanRunTest.class.getResourceAsStream("traces.py")) {
        assertThat(script).isNotNull();
        Files.copy(script, bench.scripts.resolve("traces.py"));
      }
      // A first run, so that the library modules that only this script imports are known.
      Bench.Report first =
          bench.run("traces", Script.Entry.FUNCTION, "[\"look\"]", Isolation.CLEAN);
      assertThat(first.value()).doesNotContain("false");
      assertThat(first.ended().keptScripts()).as("the context after imports").isEmpty();
      // The module that is made up ends its context too, until it is known to be one.
      bench.run("traces", Script.Entry.FUNCTION, "[\"leave\"]", Isolation.CLEAN).value();
      Bench.Report left =
          bench.run("traces", Script.Entry.FUNCTION, "[\"leave\"]", Isolation.CLEAN);
      left.value();
      assertThat(left.ended().keptScripts()).as("the context of both runs").hasSize(1);
      return bench.run("traces", Script.Entry.FUNCTION, "[\"look\"]", Isolation.CLEAN).value();
    }
  }
}

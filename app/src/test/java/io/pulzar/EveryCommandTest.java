package io.pulzar;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.access.TestTokens;
import io.pulzar.cli.CommandContext;
import io.pulzar.cli.CommandPage;
import io.pulzar.cli.Terminal;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Outcome;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command against a real server, as a program sees it and as a person in a small window. */
final class EveryCommandTest {

  private static final int WIDTH = 60;
  private static final String LONG = "a_name_that_does_not_fit_into_a_small_window_and_is_cut";
  private static final Pattern NUMBER = Pattern.compile("\"job_id\":(\\d+)");
  private static final ScriptedPython PYTHON = new ScriptedPython(2);

  @TempDir private static Path directory;
  private static TestServer server;
  private static String token = "";
  private static int made;

  /**
   * What is typed, and what comes of it.
   *
   * @param words a star stands for the thing
   * @param thing makes something to work on, and names it
   * @param status how it ends
   * @param pattern is found in what is printed, with single spaces
   * @param isTable whether all of it fits a window
   */
  record Case(
      List<String> words,
      Supplier<String> thing,
      int status,
      String pattern,
      boolean isTable,
      boolean isJson) {

    String name() {
      return words.getFirst();
    }

    /** With a new thing each time. */
    String[] line(String... more) {
      String made = words.contains("*") ? thing.get() : "";
      return Stream.concat(words.stream(), Stream.of(more))
          .map(word -> word.equals("*") ? made : word)
          .toArray(String[]::new);
    }

    @Override
    public String toString() {
      return String.join(" ", words);
    }
  }

  private static Case says(String pattern, String... words) {
    return ends(0, pattern, words);
  }

  private static Case table(String pattern, String... words) {
    return new Case(List.of(words), () -> "", 0, pattern, true, true);
  }

  private static Case on(Supplier<String> thing, String pattern, String... words) {
    return new Case(List.of(words), thing, 0, pattern, false, true);
  }

  private static Case ends(int status, String pattern, String... words) {
    return new Case(List.of(words), () -> "", status, pattern, false, false);
  }

  static List<Case> cases() {
    return List.of(
        on(() -> "tests/echo", "job \\d+ launched|\"job_id\":\\d+", "launch", "*", "n=1"),
        on(() -> "tests/echo", "completed|\"state\":\"completed\"", "launch", "*", "--wait"),
        ends(1, "job \\d+ failed", "launch", "tests/broken", "--wait"),
        says("said twice\nsaid twice\njob \\d+ completed", "launch", "tests/echo", "--follow"),
        table("RECEIVER KIND TO|\\{.*\"rules\":.*", "alarms"),
        table("ID STATE SCRIPT.*tests/echo|\\[\\{\"job_id\".*", "jobs", "--since", "1h"),
        table("failed|\\[.*", "jobs", "--state", "failed", "--script=tests/", "--limit=3"),
        on(EveryCommandTest::job, "job_path tests/echo|\"job_path\":\"tests/echo\"", "jobs", "*"),
        on(EveryCommandTest::job, "said twice", "logs", "*"),
        on(EveryCommandTest::job, "said twice", "logs", "*", "--follow"),
        on(EveryCommandTest::waiting, "job \\d+ canceled|canceled", "cancel", "*"),
        on(EveryCommandTest::job, "job \\d+ launched|\"job_id\":\\d+", "rerun", "*"),
        table(
            "SCRIPT CATEGORY.*tests/" + LONG.substring(0, 5) + "|tests/echo", "scripts", "tests/"),
        on(EveryCommandTest::edited, "is saved as version \\d+|\"version\"", "edit", "*"),
        ends(3, "nosuch is not installed here", "packages", "remove", "nosuch"),
        table("", "packages", "list"),
        on(() -> "A" + made++, "secret A\\d+ set|\"state\":\"set\"", "secrets", "set", "*"),
        table("NAME FOLDER|\\[", "secrets", "list"),
        on(() -> "A" + made++, "variable A\\d+ set|\"state\":\"set\"", "variables", "set", "*"),
        table("NAME FOLDER|\\[", "variables"),
        on(
            () -> "tests/echo",
            "schedule \\d+ made; its first run is at 20|\"next_execution\":\"20",
            "schedule",
            "*",
            "--every",
            "2h"),
        table("ID STATE SCRIPT|\\[\\{", "schedules"),
        on(EveryCommandTest::schedule, "every 2 hours|\"interval\":\"hours\"", "schedules", "*"),
        on(EveryCommandTest::schedule, "schedule \\d+ paused|\"paused\"", "pause", "*"),
        on(EveryCommandTest::schedule, "schedule \\d+ resumed|\"resumed\"", "resume", "*"),
        on(EveryCommandTest::schedule, "schedule \\d+ started|\"started\"", "run-now", "*"),
        on(EveryCommandTest::newKey, "/made/\\d+ is stored|\"stored\"", "put", "*"),
        on(EveryCommandTest::key, "the value", "get", "*"),
        table("BYTES.*KEY|/made/|\\[", "keys", "/made/", "--long"),
        on(EveryCommandTest::key, "/made/\\d+ deleted|\"deleted\"", "rm", "*"),
        table("texts, 0 shared values|\"texts\"", "records"),
        ends(4, "no master answers at http://127.0.0.1:1", "login", "http://127.0.0.1:1"),
        table("NAME GRANTS.*root|\"name\":\"root\"", "token"),
        on(() -> "t" + made++, "pzr_", "token", "create", "*", "--grant", "viewer"),
        on(() -> "u" + made++, "user u\\d+ added|added", "user", "add", "*", "--grant", "viewer"),
        table("NAME GRANTS CREATED|\\[", "user", "list"),
        on(
            () -> "folder:f" + made++ + "/**",
            "grants of folder:f\\d+/\\*\\* set|\"set\"",
            "grant",
            "set",
            "*",
            "--grant",
            "viewer"),
        table("SUBJECT GRANTS|\\[", "grant"),
        on(
            EveryCommandTest::newHome,
            "SHA-256 [0-9A-F:]+|\"sha256\":\"[0-9A-F:]+",
            "certificate",
            "a",
            "--home",
            "*"),
        ends(2, "port", "start", "--port", "none"),
        says("serves until|Serves until", "start", "--help"),
        table("NODE STATE FREE|\"synch\"", "nodes"),
        ends(3, "none", "drain", "none"),
        ends(3, "none", "remove", "none"),
        on(() -> "--fix", "all is well|\"values\"", "check", "*"),
        ends(3, "nowhere to move them to", "values", "move"),
        on(EveryCommandTest::newFile, "has all of http.*bytes|\"bytes\":\\d+", "backup", "*"),
        on(
            EveryCommandTest::archive,
            "master is in .*restored|\"places\":.*restored",
            "restore",
            "*",
            "--overwrite",
            "--home",
            directory.resolve("restored").toString()),
        ends(3, "can't be restored", "restore", "/nonexistent.zip"),
        ends(2, "keeps it there already", "migrate", "--to", "home"),
        ends(1, "BAD|\"grade\":\"bad\"", "doctor"),
        says("Starts a server for a moment", "demo", "--help"),
        table("http://127.0.0.1:\\d+/#/runs/7", "open", "7"),
        table("pulzar \\d+.*server \\d+.* at http|\"server\":\"\\d+", "version"),
        says("complete -F", "completion", "bash"),
        on(EveryCommandTest::newHome, "\\d+ pages are in", "man", "*"),
        says("Jobs\n launch Starts a job", "help"));
  }

  @BeforeAll
  static void start() throws IOException {
    for (String name : List.of("echo", "broken", "slow", LONG)) {
      Path file = directory.resolve("jobs/tests/" + name + ".py");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "def main():\n    '''Does it.'''\n    return 1\n");
    }
    PYTHON.on(
        "tests/echo",
        (call, listener, canceled) -> {
          listener.log("said twice\nsaid twice\n");
          return ScriptedPython.OK;
        });
    PYTHON.on(
        "tests/broken",
        (call, listener, canceled) -> new Outcome.Raised("ValueError", "it is broken", ""));
    PYTHON.on(
        "tests/slow",
        (call, listener, canceled) -> {
          canceled.toCompletableFuture().join();
          return ScriptedPython.OK;
        });
    server =
        TestServer.in(directory)
            .python(() -> PYTHON)
            .set("pulzar.auth", "on")
            .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
            .start();
    token = TestTokens.create(server, "root", "administrator");
    Await.until(
        "the node reports",
        () -> !asked("GET", "/admin/network", "").body().contains("\"data\":[]"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inAPipeItIsWhole(Case tried) {
    CommandRun program = program();
    assertThat(program.run(tried.line())).as(program::said).isEqualTo(tried.status());
    assertThat(program.said()).doesNotContain("…", "\t", "\u001b", "\r");
    assertThat(program.said().replaceAll(" +", " ")).containsPattern("(?s)" + tried.pattern());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inAWindowItFits(Case tried) {
    CommandRun person = program().inWindow(WIDTH);
    assertThat(person.run(tried.line())).as(person::said).isEqualTo(tried.status());
    if (tried.isTable()) {
      assertThat(person.out().lines())
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
    } else {
      assertThat(person.said().replaceAll(" +", " ")).containsPattern("(?s)" + tried.pattern());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aProgramCanAskForJson(Case tried) {
    if (tried.isJson()) {
      CommandRun program = program();
      String[] line =
          tried.name().equals("get")
              ? tried.line("-o", directory.resolve("got").toString(), "--json")
              : tried.line("--json");
      assertThat(program.run(line)).as(program::said).isZero();
      assertThat(program.out().strip()).matches("(?s)[\\[{].*[\\]}]");
      assertThat(program.err()).isEmpty();
    }
  }

  @Test
  void noCommandIsLeftOut() {
    assertThat(cases().stream().map(Case::name).distinct().sorted())
        .containsExactlyElementsOf(new TreeSet<>(EveryCommand.with(context()).names()));
  }

  @Test
  void theManualSaysWhatTheCommandsAre() throws IOException {
    String page = CommandPage.render(EveryCommand.with(context()));
    Path rendered = Files.writeString(Path.of("target/command-line.md"), page);
    assertThat(Path.of("../docs/command-line.md"))
        .as("docs/command-line.md is not up to date: replace it with app/%s", rendered)
        .hasContent(page);
  }

  @Test
  void largeValuesGoInAndOutWhole() throws IOException {
    byte[] bytes = new byte[5 << 20];
    new Random(7).nextBytes(bytes);
    Path file = Files.write(directory.resolve("large"), bytes);
    CommandRun program = program();
    assertThat(program.run("put", "/large/file", file.toString())).as(program::said).isZero();
    assertThat(program.run("put", "large/file", file.toString())).isEqualTo(3);
    assertThat(program.run("put", "large/file", file.toString(), "--replace")).isZero();
    Path got = directory.resolve("got-large");
    assertThat(program.run("get", "/large/file", "-o", got.toString())).isZero();
    assertThat(got).hasSameBinaryContentAs(file);
    assertThat(program.in("ñ".repeat(100_000)).run("put", "/large/piped", "-", "--ttl=1h"))
        .isZero();
    assertThat(program.run("get", "/large/piped")).isZero();
    assertThat(program.out()).isEqualTo("ñ".repeat(100_000));
    assertThat(program.in("").run("put", "/large/empty")).isZero();
    assertThat(program.run("get", "/large/empty")).isZero();
    assertThat(program.out()).isEmpty();
    assertThat(program.run("get", "/large/none", "-o", got.toString())).isEqualTo(3);
    assertThat(program.run("put", "/large/none", "/nonexistent")).isEqualTo(3);
    assertThat(program.err()).contains("/nonexistent can't be read");
    assertThat(program.run("keys", "/large/")).isZero();
    assertThat(program.out()).isEqualTo("/large/empty\n/large/file\n/large/piped\n");
    assertThat(program.run("rm", "/large/empty", "/large/none", "/large/file")).isEqualTo(3);
    assertThat(program.run("keys", "/large/", "--limit", "1")).isZero();
    assertThat(program.out()).isEqualTo("/large/file\n");
  }

  @Test
  void whatSomebodyElseSavedMeanwhileIsNotWrittenOver() throws IOException {
    Path script = directory.resolve("jobs/tests/shared.py");
    Files.writeString(script, "print('first')\n");
    Path editor = directory.resolve("editor");
    Files.writeString(
        editor, "echo \"print('theirs')\" >" + script + "\necho \"print('mine')\" >\"$1\"\n");
    CommandRun program = program().environment("EDITOR", "sh " + editor);
    assertThat(program.run("edit", "tests/shared")).isEqualTo(3);
    assertThat(script).hasContent("print('theirs')\n");
    Matcher kept = Pattern.compile("your text is in (\\S+)").matcher(program.err());
    assertThat(kept.find()).as(program.err()).isTrue();
    assertThat(Path.of(kept.group(1))).hasContent("print('mine')\n");
    Files.delete(Path.of(kept.group(1)));
    Files.delete(Path.of(kept.group(1)).getParent());
  }

  @Test
  void aScriptIsMadeByEditingItAndUnchangedTextIsNotSaved() throws IOException {
    CommandRun program = program().environment("EDITOR", "true");
    assertThat(program.run("edit", "tests/echo")).isZero();
    assertThat(program.out()).isEqualTo("nothing was changed\n");
    program.environment("VISUAL", "echo 'print(1)' | tee");
    assertThat(program.run("edit", "tests/fresh")).as(program::said).isZero();
    assertThat(directory.resolve("jobs/tests/fresh.py")).hasContent("print(1)\n");
    program.environment("VISUAL", "false");
    assertThat(program.run("edit", "tests/fresh")).isEqualTo(3);
    assertThat(program.err()).contains("false ended with status 1");
  }

  @Test
  void aLoginIsKeptForTheCommandsThatFollow() {
    CommandRun program =
        new CommandRun(typed -> TestServer.settings(directory, typed))
            .environment("XDG_CONFIG_HOME", directory.resolve("config").toString());
    assertThat(program.in("no-token\n").run("login", server.master("").toString())).isEqualTo(3);
    assertThat(program.in(token + "\n").run("login", server.master("").toString())).isZero();
    assertThat(program.out()).contains(" as root; kept in ").doesNotContain(token);
    assertThat(program.run("jobs")).isZero();
    assertThat(program.run("jobs", "--server", server.node("").toString())).isEqualTo(3);
    String url = server.master("").toString();
    assertThat(program.in(token + "\n").run("login", url, "--json")).isZero();
    assertThat(program.out()).startsWith("{").contains("\"name\":\"root\"", "\"file\":\"");
  }

  @Test
  void thePageIsOpenedByWhatTheEnvironmentNames() throws IOException {
    Path opened = directory.resolve("opened");
    Path browser = directory.resolve("browser");
    Files.writeString(
        browser,
        "#!/bin/sh\necho \"$1\" >" + opened + ".new\nmv " + opened + ".new " + opened + "\n");
    assertThat(browser.toFile().setExecutable(true)).isTrue();
    CommandRun program = program().environment("BROWSER", browser.toString());
    assertThat(program.run("open", "tests/echo")).isZero();
    Await.until("it is opened", () -> Files.exists(opened));
    assertThat(opened).hasContent(program.out());
    assertThat(program.out()).endsWith("/#/scripts/tests/echo\n");
  }

  /** Sends the administrator's token; what it reads on standard input is a text of many uses. */
  private static CommandRun program() {
    return new CommandRun(EveryCommandTest::settings)
        .environment("PULZAR_TOKEN", token)
        .environment("EDITOR", "sed -i s/1/" + ++made + "1/")
        .in("the value 0123456789");
  }

  private static Settings settings(Map<String, String> typed) {
    Map<String, String> chosen =
        new HashMap<>(
            Map.of(
                "pulzar.node.master",
                server.master("").toString(),
                "pulzar.workers.image",
                "/nonexistent"));
    chosen.putAll(typed);
    return TestServer.settings(directory, chosen);
  }

  private static CommandContext context() {
    return new CommandContext(
        Terminal.unwatched(InputStream.nullInputStream(), System.out, System.err),
        EveryCommandTest::settings);
  }

  private static HttpResponse<String> asked(String method, String path, String body) {
    return server.send(method, server.master(path), body, "Authorization", "Bearer " + token);
  }

  private static String number(HttpResponse<String> answer) {
    Matcher number = NUMBER.matcher(answer.body());
    assertThat(number.find()).as(answer.body()).isTrue();
    return number.group(1);
  }

  /** One that has ended. */
  private static String job() {
    String id = number(asked("POST", "/launch_job/tests/echo", "{}"));
    Await.until(
        "the job ended",
        () -> asked("GET", "/admin/jobs/" + id, "").body().contains("\"state\":\"completed\""));
    return id;
  }

  private static String waiting() {
    return number(asked("POST", "/launch_job/tests/slow", "{}"));
  }

  private static String schedule() {
    return number(
        asked(
            "POST",
            "/launch_job/tests/echo",
            "{\"scheduled\": {\"interval\": \"hours\", \"time_unit\": 2}}"));
  }

  private static String newKey() {
    return "/made/" + made++;
  }

  private static String key() {
    String key = newKey();
    CommandRun program = program();
    assertThat(program.run("put", key)).as(program::said).isZero();
    return key;
  }

  private static String newHome() {
    return directory.resolve("home-" + made++).toString();
  }

  private static String archive() {
    String file = newFile();
    CommandRun program = program();
    assertThat(program.run("backup", file)).as(program::said).isZero();
    return file;
  }

  private static String newFile() {
    return directory.resolve("file-" + made++ + ".zip").toString();
  }

  private static String edited() {
    return "tests/" + LONG;
  }
}

package io.pulzar.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.CommandRun;
import io.pulzar.RawHttp;
import io.pulzar.TestServer;
import io.pulzar.roles.Version;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drills: whole servers are copied, lost and brought back. */
final class BackupTest {

  private static final String LARGE = "0123456789abcdef".repeat(20_000);

  private static final Pattern ROW = Pattern.compile("\\{\"key\":\"([^\"]*)\"[^}]*}");

  @TempDir private Path directory;

  private final StringBuilder said = new StringBuilder();

  @Test
  void aBackupOfABusyServerIsTheStateOfOneMoment() throws Exception {
    Path file = directory.resolve("busy.zip");
    Map<String, String> before = new HashMap<>();
    Map<String, String> listed;
    try (TestServer server = start("first")) {
      for (int number = 0; number < 30; number++) {
        String key = "/before/" + number;
        String value = number % 3 == 0 ? LARGE + number : "value " + number;
        put(server, key, value);
        before.put(key, value);
      }
      launch(server);
      AtomicBoolean stop = new AtomicBoolean();
      Map<String, String> during = new ConcurrentSkipListMap<>();
      try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int writer = 0; writer < 3; writer++) {
          String own = "/during/" + writer + "/";
          writers.execute(() -> writeUntil(stop, server, own, during));
        }
        Await.until("writes are under way", () -> during.size() > 20);
        assertThat(backup(server, "first", file)).isZero();
        stop.set(true);
      }
      listed = listing(server, "/before/");
    }
    assertThat(restore("second", file.toString())).isZero();
    try (TestServer server = start("second")) {
      before.forEach((key, value) -> assertThat(get(server, key)).isEqualTo(value));
      assertThat(listing(server, "/before/")).isEqualTo(listed);
      assertNothingIsWrong(server);
      listing(server, "/during/")
          .keySet()
          .forEach(key -> assertThat(get(server, key)).isNotEmpty());
      assertThat(server.send("GET", server.master("/admin/jobs/1"), "").body())
          .contains("\"job_name\":\"fine\"");
      put(server, "/after", "new");
      assertThat(get(server, "/after")).isEqualTo("new");
    }
  }

  @Test
  void aStopDoesNotWaitForABackupThatNobodyTakes() throws Exception {
    try (Socket reader = ofAServerThatStoppedMeanwhile()) {
      assertThat(RawHttp.readAll(reader)).doesNotContain("pulzar-backup-summary");
    }
  }

  /** A connection over which a backup has begun to come. */
  private Socket ofAServerThatStoppedMeanwhile() throws IOException {
    try (TestServer server = TestServer.in(directory).set("pulzar.server.patience", "1h").start()) {
      Await.until(
          "the node reports to the master",
          () -> server.send("GET", server.master("/get_node/any"), "").statusCode() == 200);
      for (int number = 0; number < 12; number++) {
        put(server, "/large/" + number, LARGE.repeat(14));
      }
      Socket reader = RawHttp.open(server.master(""));
      reader
          .getOutputStream()
          .write("GET /admin/backup HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      assertThat(reader.getInputStream().read()).isPositive();
      return reader;
    }
  }

  @Test
  void aMasterThatLostItsDiskIsRebuiltFromItsNodeWithTheDates() throws IOException {
    Map<String, String> listed;
    try (TestServer server = start("home")) {
      put(server, "/a/small", "one");
      put(server, "/a/large", LARGE);
      server.send("PUT", server.node("/add_key/a/expiring?ttl=12h"), "three");
      put(server, "/deleted", "four");
      server.send("DELETE", server.master("/delete_key/deleted"), "");
      listed = listing(server, "");
      assertThat(listed).hasSize(3);
    }
    delete(directory.resolve("home/home/master"));
    try (TestServer server = start("home")) {
      assertThat(listing(server, "")).isEmpty();
      assertThat(restore("unused", server.node("").toString())).isZero();
      assertThat(said.toString()).contains("3 of them were new");
      assertThat(listing(server, "")).isEqualTo(listed);
      assertThat(get(server, "/a/large")).isEqualTo(LARGE);
      assertNothingIsWrong(server);
      assertThat(restore("unused", server.node("").toString())).isZero();
      assertThat(listing(server, "")).isEqualTo(listed);
    }
  }

  @Test
  void aCopyOfTheDirectoryOfAStoppedServerIsABackup() throws IOException {
    try (TestServer server = start("home")) {
      put(server, "/small", "one");
      put(server, "/large", LARGE);
    }
    copy(directory.resolve("home"), directory.resolve("copy"));
    try (TestServer server = start("home")) {
      put(server, "/later", "two");
    }
    delete(directory.resolve("home"));
    try (TestServer server = start("copy")) {
      assertThat(get(server, "/small")).isEqualTo("one");
      assertThat(get(server, "/large")).isEqualTo(LARGE);
      put(server, "/later", "three");
      assertNothingIsWrong(server);
    }
  }

  @Test
  void whatIsThereIsReplacedOnlyWhenToldTo() {
    Path file = directory.resolve("backup.zip");
    try (TestServer server = start("home")) {
      put(server, "/key", "old");
      assertThat(backup(server, "home", file)).isZero();
      assertThat(backup(server, "home", file)).as("the file exists").isEqualTo(3);
      put(server, "/other", "x");
      assertThat(restore("home", file.toString(), "--overwrite")).isEqualTo(3);
      assertThat(said.toString()).contains("stop it first");
    }
    assertThat(restore("home", file.toString())).isEqualTo(3);
    assertThat(said.toString()).contains("is not empty", "--overwrite");
    assertThat(restore("home", file.toString(), "--overwrite")).isZero();
    try (TestServer server = start("home")) {
      assertThat(listing(server, "")).containsOnlyKeys("/key");
      assertNothingIsWrong(server);
    }
  }

  @Test
  void noNumberOfAJobIsGivenAgainAfterARestore() {
    Path file = directory.resolve("numbers.zip");
    long later;
    try (TestServer server = start("first")) {
      launch(server);
      assertThat(backup(server, "first", file)).isZero();
      later = launched(server);
    }
    assertThat(restore("second", file.toString())).isZero();
    long next;
    try (TestServer server = start("second")) {
      next = launched(server);
      assertThat(next).isGreaterThan(later + 1_000);
    }
    try (TestServer server = start("second")) {
      assertThat(launched(server)).isEqualTo(next + 1);
    }
  }

  @Test
  void aBackupOfANewerVersionIsRefused() throws IOException {
    Path file = directory.resolve("now.zip");
    try (TestServer server = start("first")) {
      assertThat(backup(server, "first", file)).isZero();
    }
    Path newer = directory.resolve("newer.zip");
    try (ZipFile zip = new ZipFile(file.toFile());
        ZipOutputStream copy = new ZipOutputStream(Files.newOutputStream(newer))) {
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        copy.putNextEntry(new ZipEntry(entry.getName()));
        copy.write(
            entry.getName().equals(Archive.HEAD)
                ? new String(bytes, StandardCharsets.UTF_8)
                    .replace(Version.CURRENT, "2099.1.1")
                    .getBytes(StandardCharsets.UTF_8)
                : bytes);
      }
    }
    assertThat(restore("second", newer.toString())).isEqualTo(3);
    assertThat(said.toString()).contains("was made by version 2099.1.1, newer than this one");
    assertThat(restore("second", file.toString())).isZero();
  }

  @Test
  void whatAKilledRestoreHadSetAsideIsNotDroppedUntold() throws IOException {
    Path file = directory.resolve("backup.zip");
    try (TestServer server = start("home")) {
      assertThat(backup(server, "home", file)).isZero();
    }
    Path aside = Files.createDirectories(directory.resolve("new/home/master/.replaced"));
    Files.writeString(aside.resolve("data.mdb"), "the only copy");
    assertThat(restore("new", file.toString())).isEqualTo(3);
    assertThat(aside.resolve("data.mdb")).hasContent("the only copy");
    assertThat(restore("new", file.toString(), "--overwrite")).isZero();
    assertThat(aside).doesNotExist();
  }

  @Test
  void anArchiveThatIsCutOffOrDamagedIsRefusedAndNothingChanges() throws IOException {
    Path file = directory.resolve("backup.zip");
    try (TestServer server = start("home")) {
      put(server, "/large", LARGE);
      assertThat(backup(server, "home", file)).isZero();
    }
    byte[] whole = Files.readAllBytes(file);
    Path cut = directory.resolve("cut.zip");
    for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThat(restore("new", cut.toString())).isEqualTo(3);
    }
    byte[] damaged = whole.clone();
    damaged[whole.length / 2] ^= 1;
    Files.write(cut, damaged);
    assertThat(restore("new", cut.toString())).isEqualTo(3);
    assertThat(directory.resolve("new/home/master")).isEmptyDirectory();
    assertThat(directory.resolve("new/home/node")).isEmptyDirectory();
    assertThat(said.toString()).contains("no complete backup");
  }

  @Test
  void onlyWhoHasTheKeyGetsABackup() {
    try (TestServer server = start("home")) {
      assertThat(server.send("GET", server.master("/skynet/backup"), "").statusCode())
          .isEqualTo(401);
      assertThat(backup(server, "nobody", directory.resolve("x.zip"))).isEqualTo(3);
      assertThat(said.toString()).contains("cluster.key", "--home");
      try (TestServer other = start("other")) {
        assertThat(other.master("")).isNotNull();
        assertThat(backup(server, "other", directory.resolve("x.zip"))).isEqualTo(3);
      }
      assertThat(said.toString()).contains("401");
      assertThat(directory.resolve("x.zip")).doesNotExist();
    }
  }

  @Test
  void aDamagedValueIsReportedByBackupAndCheckAndNeverServed() throws IOException {
    Path file = directory.resolve("backup.zip");
    try (TestServer server = start("home")) {
      put(server, "/good", LARGE);
      put(server, "/bad", LARGE);
      Path last = valueFiles(directory.resolve("home/home/node/values/files")).getLast();
      try (RandomAccessFile bytes = new RandomAccessFile(last.toFile(), "rw")) {
        bytes.seek(3_000);
        bytes.write('!');
      }
      assertThat(check(server)).contains("\"damaged\":{\"count\":1,\"keys\":[\"/bad on ");
      assertThat(backup(server, "home", file)).isZero();
    }
    assertThat(restore("second", file.toString())).isZero();
    assertThat(said.toString()).contains("/bad was damaged");
    try (TestServer server = start("second")) {
      assertThat(get(server, "/good")).isEqualTo(LARGE);
      assertThat(server.send("GET", server.node("/get_key/bad"), "").statusCode()).isEqualTo(500);
    }
  }

  @Test
  void backupsOnAScheduleGoToADirectoryAndTheOldestGo() throws IOException {
    Path backups = directory.resolve("backups");
    try (TestServer server =
        prepared("home")
            .set("pulzar.backup.active", "true")
            .set("pulzar.backup.address", backups.toString())
            .set("pulzar.backup.every", "1s")
            .set("pulzar.backup.keep", "2")
            .start()) {
      awaitNode(server);
      put(server, "/key", "value");
      Await.until("the first backup", () -> !names(backups).isEmpty());
      String first = names(backups).getFirst();
      Await.until("it was replaced by later ones", () -> !names(backups).contains(first));
      assertThat(names(backups)).hasSizeLessThanOrEqualTo(3);
    }
    assertThat(names(backups)).hasSize(2);
    assertThat(restore("second", backups.resolve(names(backups).getLast()).toString())).isZero();
    try (TestServer server = start("second")) {
      assertThat(get(server, "/key")).isEqualTo("value");
    }
  }

  @Test
  void backupsOnAScheduleGoToAnotherClusterAndComeBack() {
    try (TestServer keeper = start("keeper")) {
      try (TestServer server =
          prepared("home")
              .set("pulzar.backup.active", "true")
              .set("pulzar.backup.type", "node")
              .set("pulzar.backup.address", keeper.master("").toString())
              .set("pulzar.backup.every", "1s")
              .set("pulzar.backup.keep", "1")
              .set("pulzar.backup.part", "64KB")
              .start()) {
        awaitNode(server);
        put(server, "/key", LARGE);
        Await.until("a backup in parts", () -> parts(keeper) > 5);
        Set<String> first = folders(keeper);
        Await.until("a later one", () -> folders(keeper).stream().noneMatch(first::contains));
      }
      String folder = folders(keeper).stream().sorted().toList().getFirst();
      assertThat(restore("second", keeper.master("/get_key" + folder).toString())).isZero();
    }
    try (TestServer server = start("second")) {
      assertThat(get(server, "/key")).isEqualTo(LARGE);
    }
  }

  private static long parts(TestServer keeper) {
    return listing(keeper, "/backups/").keySet().stream().filter(k -> k.contains("part-")).count();
  }

  private static Set<String> folders(TestServer keeper) {
    return listing(keeper, "/backups/").keySet().stream()
        .filter(key -> key.endsWith("/complete"))
        .map(key -> key.substring(0, key.lastIndexOf('/')))
        .collect(Collectors.toSet());
  }

  private TestServer.Preparation prepared(String name) {
    Path jobs = directory.resolve("jobs");
    try {
      Files.createDirectories(jobs);
      Files.writeString(
          jobs.resolve("fine.py"), "class Fine:\n    def execute(self):\n        ''\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return TestServer.in(directory.resolve(name)).set("pulzar.jobs.dir", jobs.toString());
  }

  private TestServer start(String name) {
    TestServer server = prepared(name).start();
    awaitNode(server);
    return server;
  }

  private static void awaitNode(TestServer server) {
    Await.until(
        "the node reports to the master",
        () -> server.send("GET", server.master("/get_node/any"), "").statusCode() == 200);
  }

  private int backup(TestServer server, String home, Path file) {
    return run(home, "backup", file.toString(), "--server", server.master("").toString());
  }

  private int restore(String home, String... words) {
    return run(home, Stream.concat(Stream.of("restore"), Stream.of(words)).toArray(String[]::new));
  }

  private int run(String home, String... words) {
    CommandRun command = new CommandRun(settings(home));
    int status = command.run(words);
    said.append(command.said());
    return status;
  }

  private Function<Map<String, String>, Settings> settings(String home) {
    return typed -> TestServer.settings(directory.resolve(home), typed);
  }

  private static void writeUntil(
      AtomicBoolean stop, TestServer server, String own, Map<String, String> written) {
    for (int number = 0; !stop.get(); number++) {
      String key = own + number % 20;
      String value = number % 4 == 0 ? LARGE + number : "value " + number;
      if (number % 5 == 4) {
        server.send("DELETE", server.master("/delete_key" + key), "");
      } else {
        server.send("PUT", server.node("/add_key" + key + "?replace=true"), value);
        written.put(key + number, value);
      }
    }
  }

  private static void launch(TestServer server) {
    assertThat(server.send("POST", server.master("/launch_job/fine"), "{}").statusCode())
        .isEqualTo(200);
  }

  private static long launched(TestServer server) {
    Matcher id =
        Pattern.compile("\"job_id\":(\\d+)")
            .matcher(server.send("POST", server.master("/launch_job/fine"), "{}").body());
    assertThat(id.find()).isTrue();
    return Long.parseLong(id.group(1));
  }

  private static void put(TestServer server, String key, String value) {
    assertThat(server.send("PUT", server.node("/add_key" + key), value).statusCode())
        .isEqualTo(201);
  }

  private static String get(TestServer server, String key) {
    String node =
        server
            .send("GET", server.master("/get_key" + key), "")
            .headers()
            .firstValue("location")
            .orElseThrow();
    HttpResponse<String> answer = server.send("GET", URI.create(node), "");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  /** Each key with all that the listing says about it. */
  private static Map<String, String> listing(TestServer server, String prefix) {
    String body = server.send("GET", server.master("/keys?limit=1000&prefix=" + prefix), "").body();
    Map<String, String> rows = new HashMap<>();
    Matcher row = ROW.matcher(body);
    while (row.find()) {
      rows.put(row.group(1), row.group());
    }
    return rows;
  }

  private static String check(TestServer server) {
    assertThat(server.send("POST", server.master("/admin/check"), "").statusCode()).isEqualTo(200);
    Await.until("the check ends", () -> !state(server).contains("\"running\""));
    return state(server);
  }

  private static String state(TestServer server) {
    return server.send("GET", server.master("/admin/check"), "").body();
  }

  private static void assertNothingIsWrong(TestServer server) {
    String report = check(server);
    for (String kind : List.of("damaged", "lost", "unlisted", "outdated", "different")) {
      assertThat(report).contains("\"" + kind + "\":{\"count\":0");
    }
    assertThat(report).contains("\"files\":0", "\"unreachable\":[]");
  }

  private static List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".zip"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> valueFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
          .toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

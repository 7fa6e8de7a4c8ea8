package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.CommandRun;
import io.pulzar.EmbeddedBucket;
import io.pulzar.TestServer;
import io.pulzar.bucket.FaultyWay;
import io.pulzar.polyglot.PythonRuntime;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A master and a node that keep values in a bucket, with a way to it that can be broken. */
final class BucketServer implements AutoCloseable {

  final EmbeddedBucket bucket;
  final FaultyWay way;
  private final Path home;
  private final String prefix;
  private final Map<String, String> settings = new HashMap<>();
  private Clock clock = Clock.systemUTC();
  private @Nullable Supplier<PythonRuntime> python;
  private @Nullable TestServer server;

  private BucketServer(EmbeddedBucket bucket, Path home) {
    this.bucket = bucket;
    this.home = home;
    this.prefix = "of-" + home.getFileName().toString().replaceAll("[^A-Za-z0-9]", "");
    this.way = new FaultyWay(bucket.port());
  }

  static BucketServer in(Path home) {
    return new BucketServer(EmbeddedBucket.shared(), home);
  }

  /** Letters, another text for each size. */
  static String text(int size) {
    return new Random(size)
        .ints('a', 'z' + 1)
        .limit(size)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  BucketServer set(String name, String value) {
    settings.put(name, value);
    return this;
  }

  BucketServer clock(Clock chosen) {
    clock = chosen;
    return this;
  }

  BucketServer python(Supplier<PythonRuntime> chosen) {
    python = chosen;
    return this;
  }

  Map<String, String> bucketSettings() {
    return EmbeddedBucket.settings(prefix, way.port());
  }

  /** Starts, or starts again. */
  BucketServer start() {
    return start(bucketSettings());
  }

  BucketServer start(Map<String, String> ofBucket) {
    TestServer.Preparation prepared = TestServer.in(home).clock(clock);
    ofBucket.forEach(prepared::set);
    prepared.set("pulzar.general.maxsize", "40");
    settings.forEach(prepared::set);
    Supplier<PythonRuntime> played = python;
    if (played != null) {
      prepared.python(played);
    }
    TestServer started = prepared.start();
    server = started;
    Await.until(
        "the node reports to the master",
        () -> started.send("GET", started.master("/get_node/any"), "").statusCode() == 200);
    return this;
  }

  void stop() {
    server().close();
  }

  TestServer server() {
    return Objects.requireNonNull(server);
  }

  HttpResponse<String> put(String path, String value) {
    return server().send("PUT", server().node("/add_key" + path), value);
  }

  void store(String path, String value) {
    HttpResponse<String> answer = put(path, value);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  HttpResponse<String> get(String path, String... headers) {
    return server().send("GET", server().node("/get_key" + path), "", headers);
  }

  int delete(String path) {
    return server().send("DELETE", server().master("/delete_key" + path), "").statusCode();
  }

  String health() {
    return server().send("GET", server().master("/health"), "").body();
  }

  String keys() {
    return server().send("GET", server().master("/keys"), "").body();
  }

  /** The names of the objects with values. */
  Set<String> objects() {
    return bucket.names(prefix + "/values/");
  }

  long openUploads() {
    return bucket.openUploads(prefix);
  }

  /** What {@code pulzar check} says, after its exit status. */
  String check(String... words) {
    String master = server().master("").toString();
    return run(
        Stream.concat(Stream.of("check", "--server", master), Stream.of(words))
            .toArray(String[]::new));
  }

  /** What a command says in this home, after its exit status. */
  String run(String... words) {
    CommandRun typed = CommandRun.with(TestServer.settings(home, Map.of()));
    int code = typed.run(words);
    return code + " " + typed.said();
  }

  @Override
  public void close() {
    TestServer open = server;
    if (open != null) {
      open.close();
    }
    way.close();
  }
}

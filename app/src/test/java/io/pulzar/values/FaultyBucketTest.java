package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.bucket.FaultyWay.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A bucket that fails in the middle of each step of a write, a read and a removal: for good, so
 * that patience comes to its end. What was acknowledged is there afterwards, and what was not is
 * not seen; the answers are the API's.
 */
final class FaultyBucketTest {

  private static final int FOR_EVER = 1_000_000;
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final String LARGE = "0123456789abcdef".repeat((9 << 20) / 16);

  @TempDir static Path directory;
  private static BucketServer server;
  private static int number;

  @BeforeAll
  static void start() {
    server =
        BucketServer.in(directory)
            .set("pulzar.values.timeout", "1s")
            .set("pulzar.values.patience", "1s")
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void heal() {
    server.way.plan("never", Fault.BUSY, 0);
  }

  private static void refuses(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isIn(502, 503);
    assertThat(answer.body()).contains("\"msg\":").containsPattern("bucket_(unavailable|failed)");
  }

  @ParameterizedTest
  @EnumSource
  void aSmallWriteIsRefusedAndNotSeenAndCanBeRepeated(Fault fault) {
    String key = "/small/" + number++;
    server.way.plan("PUT ", fault, FOR_EVER);
    HttpResponse<String> answer = server.put(key, "value");
    heal();
    if (!foundDone(fault, answer)) {
      refuses(answer);
      assertThat(server.get(key).statusCode()).isEqualTo(404);
      assertThat(server.keys()).doesNotContain(key);
      server.store(key, "value");
    }
    assertThat(server.get(key).body()).isEqualTo("value");
  }

  /** The bucket has taken it, and was asked about it when its answer was lost. */
  private static boolean foundDone(Fault fault, HttpResponse<String> answer) {
    boolean isTaken =
        fault == Fault.CUT_AFTER || fault == Fault.CUT_ANSWER || fault == Fault.SILENCE;
    return isTaken && answer.statusCode() == 201;
  }

  @ParameterizedTest
  @EnumSource
  void aReplacementThatFailsLeavesTheOldValue(Fault fault) {
    String key = "/replaced/" + number++;
    server.store(key, "old");
    server.way.plan("PUT ", fault, FOR_EVER);
    HttpResponse<String> answer = server.put(key + "?replace=true", "new");
    heal();
    if (foundDone(fault, answer)) {
      assertThat(server.get(key).body()).isEqualTo("new");
    } else {
      refuses(answer);
      assertThat(server.get(key).body()).isEqualTo("old");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_WITHIN", "CUT_AFTER", "SILENCE", "BUSY", "FORBIDDEN"})
  void aLargeWriteIsRefusedAtEachStep(Fault fault) {
    for (String step :
        new String[] {"POST .*[?&]uploads", "PUT .*partNumber=2", "POST .*uploadId="}) {
      String key = "/large/" + number++;
      server.way.plan(step, fault, FOR_EVER);
      HttpResponse<String> answer = server.put(key, LARGE);
      boolean isKnownToBeDone = answer.statusCode() == 201;
      if (!isKnownToBeDone) {
        refuses(answer);
      }
      heal();
      assertThat(server.get(key).statusCode()).isEqualTo(isKnownToBeDone ? 200 : 404);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadThatFailsIsRefusedOrCutOffAndNeverWrong(Fault fault) {
    String key = "/read/" + number++;
    server.store(key, LARGE);
    server.way.plan("GET .*/values/[0-9a-f]{16}", fault, FOR_EVER);
    try {
      refuses(server.get(key));
    } catch (UncheckedIOException cutOff) {
      // Some of it came, and its client has seen that it was not all.
      assertThat(fault).isEqualTo(Fault.CUT_ANSWER);
    }
    heal();
    assertThat(server.get(key).body()).isEqualTo(LARGE);
  }

  @ParameterizedTest
  @EnumSource
  void aRemovalIsDoneAndTheObjectGoesLater(Fault fault) {
    String key = "/removed/" + number++;
    server.store(key, "value");
    int before = server.objects().size();
    server.way.plan("DELETE ", fault, FOR_EVER);
    assertThat(server.delete(key)).isEqualTo(200);
    assertThat(server.get(key).statusCode()).isEqualTo(404);
    Await.until("it was tried", () -> server.way.hits() > 0);
    heal();
    Await.until("the object is gone", () -> server.objects().size() < before);
  }

  @Test
  void withoutTheBucketAllButBytesGoesOn() {
    server.store("/away/one", "value");
    server.way.down(true);
    HttpResponse<String> write = server.put("/away/two", "value");
    refuses(write);
    assertThat(write.headers().firstValue("retry-after")).isPresent();
    refuses(server.get("/away/one"));
    assertThat(
            server
                .server()
                .send("HEAD", server.server().node("/get_key/away/one"), "")
                .statusCode())
        .isEqualTo(200);
    assertThat(server.keys()).contains("/away/one").doesNotContain("/away/two");
    assertThat(server.check()).startsWith("1 ").contains("s3://");
    server.way.down(false);
    assertThat(server.get("/away/one").body()).isEqualTo("value");
    server.store("/away/two", "value");
  }

  @Test
  void aServerThatStartsWithoutTheBucketHasItLater(@TempDir Path other) {
    try (BucketServer late = BucketServer.in(other)) {
      late.start();
      late.store("/kept", "value");
      late.stop();
      late.way.down(true);
      late.set("pulzar.values.patience", "1s").start();
      URI health = late.server().master("/health");
      assertThat(late.server().send("GET", health, "").body())
          .contains("values can't be read or written");
      assertThat(late.put("/new", "value").statusCode()).isEqualTo(503);
      late.way.down(false);
      Await.until("it is back", () -> late.get("/kept").statusCode() == 200);
      Await.until("writes work", () -> late.put("/new", "value").statusCode() == 201);
      assertThat(late.get("/kept").body()).isEqualTo("value");
    }
  }

  @Test
  void nothingAcknowledgedIsLostWhileTheWayFailsAllTheTime() {
    Map<String, String> acknowledged = new TreeMap<>();
    for (int round = 0; round < 60; round++) {
      Fault fault = FAULTS.get(round % FAULTS.size());
      server.way.plan(round % 2 == 0 ? "PUT " : "HEAD |PUT |GET ", fault, 1 + round % 3);
      String key = "/storm/" + round % 7;
      HttpResponse<String> answer = server.put(key + "?replace=true", "value " + round);
      if (answer.statusCode() == 201) {
        acknowledged.put(key, "value " + round);
      } else {
        refuses(answer);
      }
    }
    heal();
    assertThat(acknowledged).hasSize(7);
    acknowledged.forEach((key, value) -> assertThat(server.get(key).body()).isEqualTo(value));
  }

  @Test
  void clientsWhoGoAwayLeaveNothing() {
    int before = server.objects().size();
    TestServer there = server.server();
    try (java.net.Socket socket =
        new java.net.Socket(there.node("").getHost(), there.node("").getPort())) {
      socket
          .getOutputStream()
          .write(
              "PUT /add_key/broken HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\nabc"
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(server.get("/broken").statusCode()).isEqualTo(404);
    assertThat(server.objects()).hasSize(before);
    assertThat(server.openUploads()).isZero();
  }
}

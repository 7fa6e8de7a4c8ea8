package io.pulzar.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.EmbeddedBucket;
import io.pulzar.TestServer;
import io.pulzar.bucket.BucketException.Reason;
import io.pulzar.bucket.FaultyWay.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each step that a bucket is asked for, on a way to it that fails. */
final class BucketTest {

  private static final int MEGABYTE = 1 << 20;
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);

  private static EmbeddedBucket server;
  @TempDir private Path directory;
  private FaultyWay way;
  private Bucket bucket;
  private String prefix;

  @BeforeAll
  static void startServer() {
    server = EmbeddedBucket.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void open() {
    way = new FaultyWay(server.port());
    prefix = UUID.randomUUID().toString();
    bucket = Bucket.open(TestServer.settings(directory, settings()));
  }

  private Map<String, String> settings() {
    Map<String, String> settings = EmbeddedBucket.settings(prefix, way.port());
    settings.put("pulzar.values.timeout", "1s");
    settings.put("pulzar.values.patience", "8s");
    return settings;
  }

  @AfterEach
  void close() {
    bucket.close();
    way.close();
  }

  private static About about(String key) {
    return new About(key, NOW, Optional.of(NOW.plusSeconds(60)), UUID.randomUUID().toString());
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private byte[] read(long id, long from, int length) throws IOException {
    try (InputStream in = bucket.read(id, from, length)) {
      return in.readAllBytes();
    }
  }

  @Test
  void whatWasWrittenIsReadWholeAndInParts() throws IOException {
    byte[] value = bytes(300_000);
    bucket.write(7, about("/a b/c "), value, value.length);
    assertThat(read(7, 0, value.length)).isEqualTo(value);
    assertThat(read(7, 1_000, 5_000)).isEqualTo(Arrays.copyOfRange(value, 1_000, 6_000));
    assertThat(bucket.describe(7).orElseThrow().size()).isEqualTo(value.length);
    assertThat(bucket.describe(7).orElseThrow().about().orElseThrow().key()).isEqualTo("/a b/c ");
    bucket.remove(7);
    bucket.remove(7);
    assertThat(bucket.describe(7)).isEmpty();
    assertThatThrownBy(() -> read(7, 0, 1))
        .isInstanceOfSatisfying(
            BucketException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING));
  }

  @Test
  void anEmptyObjectIsOne() throws IOException {
    bucket.write(8, about("/empty"), new byte[1], 0);
    assertThat(bucket.describe(8).orElseThrow().size()).isZero();
  }

  @Test
  void aNumberIsUsedOnce() throws IOException {
    bucket.write(9, about("/one"), bytes(10), 10);
    assertThatThrownBy(() -> bucket.write(9, about("/other"), bytes(20), 20))
        .isInstanceOfSatisfying(
            BucketException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TAKEN));
    assertThat(bucket.describe(9).orElseThrow().size()).isEqualTo(10);
  }

  @Test
  void objectsAreListedInTheOrderOfTheirNumbers() throws IOException {
    for (long id : List.of(3L << 40, 5L, 1L << 60, 77L)) {
      bucket.write(id, about("/k"), bytes(3), 3);
    }
    Bucket.Page page = bucket.page(Optional.empty());
    assertThat(page.objects())
        .extracting(HeldObject::id)
        .containsExactly(5L, 77L, 3L << 40, 1L << 60);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void anUploadThatIsNotCompletedLeavesNothing() throws IOException {
    byte[] part = bytes(5 * MEGABYTE);
    try (Upload upload = bucket.begin(10, about("/k"))) {
      upload.part(part, part.length);
    }
    assertThat(bucket.describe(10)).isEmpty();
    assertThat(server.openUploads(prefix)).isZero();
  }

  @Test
  void uploadsOfTheDeadAreAbandonedWhenTheyAreOld() throws IOException {
    Upload _ = bucket.begin(11, about("/k"));
    assertThat(bucket.abandon(Instant.now().minusSeconds(60))).isZero();
    assertThat(bucket.abandon(Instant.now().plusSeconds(60))).isEqualTo(1);
    assertThat(server.openUploads(prefix)).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"FORBIDDEN"},
      mode = EnumSource.Mode.EXCLUDE)
  void aWriteWhoseWayFailsOnceIsDoneOnce(Fault fault) throws IOException {
    byte[] value = bytes(100_000);
    way.plan("PUT ", fault, 1);
    bucket.write(12, about("/k"), value, value.length);
    assertThat(way.hits()).isEqualTo(1);
    assertThat(read(12, 0, value.length)).isEqualTo(value);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"FORBIDDEN"},
      mode = EnumSource.Mode.EXCLUDE)
  void anUploadWhoseWayFailsAtEachStepIsDoneOnce(Fault fault) throws IOException {
    byte[] part = bytes(5 * MEGABYTE);
    way.plan("POST .*[?&]uploads", fault, 1);
    try (Upload upload = bucket.begin(13, about("/k"))) {
      assertThat(way.hits()).isEqualTo(1);
      upload.part(part, part.length);
      way.plan("PUT .*partNumber=2", fault, 1);
      upload.part(part, part.length);
      assertThat(way.hits()).isEqualTo(1);
      way.plan("POST .*uploadId=", fault, 1);
      upload.complete();
      assertThat(way.hits()).isEqualTo(1);
    }
    assertThat(bucket.describe(13).orElseThrow().size()).isEqualTo(2L * part.length);
    assertThat(read(13, part.length, part.length)).isEqualTo(part);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"FORBIDDEN"},
      mode = EnumSource.Mode.EXCLUDE)
  void aReadWhoseWayFailsGoesOnWhereItWas(Fault fault) throws IOException {
    byte[] value = bytes(3 * MEGABYTE);
    bucket.write(14, about("/k"), value, value.length);
    way.plan("GET ", fault, 3);
    assertThat(read(14, 0, value.length)).isEqualTo(value);
    assertThat(way.hits()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"FORBIDDEN"},
      mode = EnumSource.Mode.EXCLUDE)
  void aRemovalAndAListingWhoseWayFailsAreDone(Fault fault) throws IOException {
    bucket.write(15, about("/k"), bytes(10), 10);
    way.plan("GET .*list-type", fault, 1);
    assertThat(bucket.page(Optional.empty()).objects()).hasSize(1);
    assertThat(way.hits()).isEqualTo(1);
    way.plan("DELETE ", fault, 1);
    bucket.remove(15);
    assertThat(way.hits()).isEqualTo(1);
    assertThat(bucket.describe(15)).isEmpty();
  }

  @Test
  void whatIsForbiddenIsNotTriedAgain() {
    way.plan("PUT ", Fault.FORBIDDEN, 100);
    assertThatThrownBy(() -> bucket.write(16, about("/k"), bytes(10), 10))
        .isInstanceOfSatisfying(
            BucketException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
        .hasMessageContaining("check the key and what it may do");
    assertThat(way.hits()).isEqualTo(1);
  }

  @Test
  void patienceHasAnEnd() {
    way.down(true);
    long start = System.nanoTime();
    assertThatThrownBy(() -> bucket.write(17, about("/k"), bytes(10), 10))
        .isInstanceOfSatisfying(
            BucketException.class, e -> assertThat(e.reason()).isEqualTo(Reason.AWAY));
    assertThat(System.nanoTime() - start).isLessThan(25_000_000_000L);
  }

  @Test
  void whatIsNoBucketOfOnesOwnIsSaid() {
    Map<String, String> wrong = settings();
    wrong.put("pulzar.values", "s3://no-such-bucket/x");
    try (Bucket other = Bucket.open(TestServer.settings(directory, wrong))) {
      assertThatThrownBy(() -> other.write(1, about("/k"), bytes(1), 1))
          .isInstanceOfSatisfying(
              BucketException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
    }
    wrong.put("pulzar.values", "s3://" + EmbeddedBucket.BUCKET + "/x");
    wrong.put("pulzar.values.secret-key", "wrong");
    try (Bucket other = Bucket.open(TestServer.settings(directory, wrong))) {
      assertThatThrownBy(other::marker)
          .isInstanceOfSatisfying(
              BucketException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
    }
  }
}

package io.pulzar.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.SettableClock;
import io.pulzar.TestServer;
import io.pulzar.http.ApiException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassportControlTest {

  private static final Duration TOLERANCE = Duration.ofSeconds(60);
  private static final int MANY = 1_000;
  private static final Passport.Subject QUESTION = subject("POST", "/skynet/jobs.poll", "{}");

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T08:00:00Z"));
  private ClusterKey key;
  private PassportControl control;

  @BeforeEach
  void open() {
    key = key("the key of this cluster");
    control = new PassportControl(key, clock, TOLERANCE, MANY);
  }

  @Test
  void aSignedQuestionPasses() {
    assertThat(control.check(signed("n1"), QUESTION).nonce()).isEqualTo("n1");
  }

  @Test
  void itPassesOnce() {
    String header = signed("n1");
    control.check(header, QUESTION);
    assertRefused(header, QUESTION, "used already");
  }

  @Test
  void itStaysUsedAsLongAsItsTimeIsGood() {
    clock.move(TOLERANCE);
    String fromTheFuture =
        Passport.sign(key, QUESTION, clock.instant().plus(TOLERANCE), "n1").header();
    control.check(fromTheFuture, QUESTION);
    clock.move(TOLERANCE.multipliedBy(2));
    assertRefused(fromTheFuture, QUESTION, "used already");
  }

  @Test
  void noPartOfTheQuestionCanBeChanged() {
    assertRefused(signed("n1"), subject("GET", "/skynet/jobs.poll", "{}"), "not signed");
    assertRefused(signed("n1"), subject("POST", "/skynet/jobs.report", "{}"), "not signed");
    assertRefused(signed("n1"), subject("POST", "/skynet/jobs.poll", "{ }"), "not signed");
  }

  @Test
  void neitherTimeNorNonceCanBeChanged() {
    String header = signed("n1");
    assertRefused(header.replace(":n1:", ":n2:"), QUESTION, "not signed");
    long time = clock.millis();
    assertRefused(
        header.replace(Long.toString(time), Long.toString(time + 1)), QUESTION, "not signed");
  }

  @Test
  void anotherKeyDoesNotCount() {
    String header = Passport.sign(key("another key"), QUESTION, clock.instant(), "n1").header();
    assertRefused(header, QUESTION, "same pulzar.server.key");
  }

  @Test
  void aTimeFarFromNowDoesNotCount() {
    clock.move(Duration.ofHours(1));
    Instant now = clock.instant();
    Instant late = now.minus(TOLERANCE).minusMillis(1);
    Instant early = now.plus(TOLERANCE).plusMillis(1);
    assertRefused(
        Passport.sign(key, QUESTION, late, "n1").header(), QUESTION, "this one's is ahead");
    assertRefused(
        Passport.sign(key, QUESTION, early, "n2").header(), QUESTION, "this one's is behind");
  }

  @Test
  void whatAnEarlierProcessSawCannotBeReplayed() {
    String header = signed("n1");
    clock.move(Duration.ofSeconds(5));
    control = new PassportControl(key, clock, TOLERANCE, MANY);
    assertRefused(header, QUESTION, "before this server started");
  }

  @Test
  void clocksThatAreApartAreNamedWithTheirDistance() {
    clock.move(Duration.ofHours(2));
    String anHourLate =
        Passport.sign(key, QUESTION, clock.instant().minus(Duration.ofHours(1)), "n1").header();
    assertRefused(anHourLate, QUESTION, "about 60m apart");
    String late = Passport.sign(key, QUESTION, clock.instant().minusSeconds(70), "n2").header();
    assertRefused(late, QUESTION, "about 70s apart");
  }

  @Test
  void whatCannotBeRememberedDoesNotPass() {
    control = new PassportControl(key, clock, TOLERANCE, 2);
    control.check(signed("n1"), QUESTION);
    control.check(signed("n2"), QUESTION);
    assertThatThrownBy(() -> control.check(signed("n3"), QUESTION))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(429);
              assertThat(refused).hasMessageContaining("pulzar.cluster.nonces");
            });
    clock.move(TOLERANCE.plusMillis(1));
    assertThat(control.check(signed("n4"), QUESTION).nonce()).isEqualTo("n4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "v1:1:n", "v1:x:n:s", "v2:1:n:s", "v1:1::s", "bDQxNVM0TnQwNQ=="})
  void garbageIsRefused(String header) {
    assertRefused(header, QUESTION, "malformed");
  }

  @Test
  void withoutACredentialNothingPasses() {
    assertThatThrownBy(() -> control.check(null, QUESTION))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.status()).isEqualTo(401));
  }

  @Test
  void forgedNoncesAreNotRemembered() {
    for (int n = 0; n < 100; n++) {
      assertRefused("v1:" + clock.millis() + ":n" + n + ":forged", QUESTION, "not signed");
    }
    assertThat(control.remembered()).isZero();
  }

  @Test
  void noncesAreForgottenWhenTheirTimeIsOver() {
    for (int n = 0; n < 100; n++) {
      control.check(signed("n" + n), QUESTION);
      clock.move(Duration.ofSeconds(10));
    }
    assertThat(control.remembered()).isLessThanOrEqualTo(7);
  }

  private void assertRefused(String header, Passport.Subject subject, String reason) {
    assertThatThrownBy(() -> control.check(header, subject))
        .hasMessageContaining(reason)
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.status()).isEqualTo(401));
  }

  private String signed(String nonce) {
    return Passport.sign(key, QUESTION, clock.instant(), nonce).header();
  }

  private ClusterKey key(String secret) {
    return ClusterKey.of(TestServer.settings(directory, Map.of("pulzar.server.key", secret)));
  }

  private static Passport.Subject subject(String method, String path, String body) {
    return Passport.Subject.of(method, path, body.getBytes(StandardCharsets.UTF_8));
  }
}

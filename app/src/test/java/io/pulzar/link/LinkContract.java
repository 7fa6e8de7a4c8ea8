package io.pulzar.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What features may rely on, whichever way a question travels. */
abstract class LinkContract {

  @Serdeable
  record Words(List<String> words) {}

  static final Operation<Words, Words> ECHO = operation("probe.echo");
  static final Operation<Words, Words> LATER = operation("probe.later");
  static final Operation<Words, Words> REFUSE = operation("probe.refuse");
  static final Operation<Words, Words> BUSY = operation("probe.busy");
  static final Operation<Words, Words> UNKNOWN = operation("probe.unknown");

  static Operation<Words, Words> operation(String name) {
    return Operation.of(name, Words.class, Words.class);
  }

  /** Answers the operations above. */
  static void offer(LinkServer server) {
    server.on(ECHO, CompletableFuture::completedStage);
    server.on(
        LATER,
        words ->
            CompletableFuture.supplyAsync(
                () -> words, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)));
    server.on(
        REFUSE,
        words ->
            CompletableFuture.failedStage(
                ApiException.conflict("taken", "the name " + words.words() + " is taken")));
    server.on(
        BUSY,
        words -> {
          throw ApiException.unavailable("busy", "come back", Duration.ofSeconds(7));
        });
  }

  abstract Link link();

  @Test
  void aQuestionIsAnswered() {
    Words words = new Words(List.of("one", "", "zwei ñ \u0001 \uD83D\uDE00"));
    assertThat(ask(ECHO, words)).isEqualTo(words);
  }

  @Test
  void anAnswerMayComeLater() {
    assertThat(ask(LATER, new Words(List.of("late")))).isEqualTo(new Words(List.of("late")));
  }

  @Test
  void aLargeAnswerArrivesWhole() {
    Words words = new Words(IntStream.range(0, 100_000).mapToObj(Integer::toString).toList());
    assertThat(ask(ECHO, words)).isEqualTo(words);
  }

  @Test
  void manyQuestionsMayBeUnderWay() {
    List<String> numbers = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
    List<CompletableFuture<Words>> answers =
        numbers.stream()
            .map(n -> link().ask(LATER, new Words(List.of(n))).toCompletableFuture())
            .toList();
    assertThat(answers.stream().map(answer -> answer.join().words().getFirst()))
        .containsExactlyElementsOf(numbers);
  }

  @Test
  void aRefusalArrivesAsItWasMeant() {
    ApiException refused = refusal(REFUSE);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("taken");
    assertThat(refused).hasMessage("the name [x] is taken");
  }

  @Test
  void aThrownRefusalArrivesTooAndKeepsItsTime() {
    ApiException refused = refusal(BUSY);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void aQuestionThatNobodyAnswersIsRefused() {
    assertThat(refusal(UNKNOWN).code()).isEqualTo("no_such_operation");
  }

  private ApiException refusal(Operation<Words, Words> operation) {
    CompletionException failed =
        catchThrowableOfType(
            CompletionException.class, () -> ask(operation, new Words(List.of("x"))));
    if (failed.getCause() instanceof ApiException refused) {
      return refused;
    }
    throw new AssertionError("not a refusal", failed);
  }

  private <Q, A> A ask(Operation<Q, A> operation, Q question) {
    return link().ask(operation, question).toCompletableFuture().join();
  }
}

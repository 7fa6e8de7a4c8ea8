package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.wire.Message;
import io.pulzar.polyglot.wire.MessageReader;
import io.pulzar.polyglot.wire.MessageWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RunSessionTest {

  private final Alarm<RunSession> flushing = new Alarm<>("flusher", RunSession::flush);
  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();

  @AfterEach
  void stopFlusher() {
    flushing.close();
  }

  @Test
  void logAndOutputKeepTheirOrder() throws IOException {
    RunSession session = session(1000);
    session.log("one\ntw");
    session.output("part");
    session.log("o\n");
    session.end(ended());
    assertThat(sent())
        .containsExactly(
            new Message.Log(1, "one\n"),
            new Message.Output(1, "part"),
            new Message.Log(1, "two\n"),
            ended());
  }

  @Test
  void theLastLineIsEndedForTheScript() throws IOException {
    RunSession session = session(1000);
    session.log("no newline");
    session.end(ended());
    assertThat(sent()).startsWith(new Message.Log(1, "no newline\n"));
  }

  @Test
  void aLongTextIsCutBetweenItsLines() throws IOException {
    String line = "x".repeat(700_000) + "\n";
    RunSession session = session(10_000_000);
    session.log(line + line + line);
    session.end(ended());
    assertThat(sent())
        .containsExactly(
            new Message.Log(1, line), new Message.Log(1, line), new Message.Log(1, line), ended());
  }

  @Test
  void bytesAreCountedNotCharacters() {
    RunSession session = session(5);
    session.log("ññ");
    assertThat(session.stopped()).isNull();
    session.log("ñ");
    assertThat(session.stopped()).isEqualTo(StopReason.OUTPUT_LIMIT);
  }

  @Test
  void whatFitsUnderTheLimitIsKept() throws IOException {
    RunSession session = session(10);
    session.log("123456789\n123456789\n");
    session.end(ended());
    assertThat(sent()).startsWith(new Message.Log(1, "123456789\n"));
  }

  @Test
  void aPartOfTheOutputIsSentWholeOrNotAtAll() throws IOException {
    RunSession session = session(3);
    session.output("1234");
    session.end(ended());
    assertThat(sent()).containsExactly(ended());
  }

  @Test
  void theFirstReasonToStopCounts() {
    RunSession session = session(10);
    session.stop(StopReason.CANCEL);
    session.stop(StopReason.TIME_LIMIT);
    assertThat(session.stopped()).isEqualTo(StopReason.CANCEL);
  }

  @Test
  void whatEndedByItselfIsNotStoppedAnyMore() {
    RunSession session = session(10);
    AtomicBoolean contextEnded = new AtomicBoolean();
    session.onStop(() -> contextEnded.set(true));
    assertThat(session.endsUnstopped()).isTrue();
    session.stop(StopReason.TIME_LIMIT);
    assertThat(contextEnded).isFalse();
    assertThat(session.stopped()).isNull();
  }

  @Test
  void aStoppedRunAsksNothingMoreOnceItsTimeToCleanUpIsOver() throws IOException {
    RunSession session = session(10);
    session.stop(StopReason.CANCEL);
    session.cutOff();
    assertThat(session.call("name", "{}")).contains("InterruptedError");
    assertThat(sent()).isEmpty();
  }

  @Test
  void whatIsAskedWhileItCleansUpIsAnsweredHoweverLateTheOthersAreRefused() throws Exception {
    RunSession session = session(10);
    session.stop(StopReason.CANCEL);
    CompletableFuture<String> ofWork = asked(session, 1);
    session.cleansUp();
    CompletableFuture<String> ofCleanUp = asked(session, 2);
    session.refuseCalls();
    assertThat(ofWork.join()).contains("InterruptedError");
    assertThat(ofCleanUp).isNotDone();
    session.answer(2, "{}");
    assertThat(ofCleanUp.join()).isEqualTo("{}");
    CompletableFuture<String> late = asked(session, 3);
    session.cutOff();
    assertThat(late.join()).contains("InterruptedError");
  }

  private CompletableFuture<String> asked(RunSession session, int call) {
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> session.call("name", "{}"), Thread::startVirtualThread);
    Await.until("it is asked", () -> hasAsked(new Message.HostCall(1, call, "name", "{}")));
    return answer;
  }

  private boolean hasAsked(Message.HostCall call) {
    try {
      return sent().contains(call);
    } catch (IOException partly) {
      return false;
    }
  }

  @Test
  void nothingIsSaidAfterTheEnd() throws IOException {
    RunSession session = session(1000);
    session.end(ended());
    session.log("late\n");
    session.output("late");
    assertThat(sent()).containsExactly(ended());
  }

  private RunSession session(long outputBytes) {
    Message.Start start =
        new Message.Start(
            1,
            "/scripts",
            "name",
            Script.Entry.JOB,
            "{}",
            "/scratch",
            null,
            Isolation.CLEAN,
            1000,
            1 << 20,
            1 << 20,
            outputBytes,
            true,
            10);
    return new RunSession(start, new PoolLink(new MessageWriter(frames), () -> {}), flushing);
  }

  private static Message.Ended ended() {
    return new Message.Ended(1, new Outcome.Completed("null"), 0, 0, true, List.of());
  }

  private List<Message> sent() throws IOException {
    MessageReader reader = new MessageReader(new ByteArrayInputStream(frames.toByteArray()));
    List<Message> messages = new ArrayList<>();
    for (Message message = reader.read(); message != null; message = reader.read()) {
      messages.add(message);
    }
    return messages;
  }
}

package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.TestTime;
import io.pulzar.bucket.Bucket;
import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.KeyOperations;
import io.pulzar.keys.WriteOptions;
import io.pulzar.link.InProcessLink;
import io.pulzar.link.LinkDownException;
import io.pulzar.link.LinkServer;
import io.pulzar.link.MasterLink;
import io.pulzar.link.Operation;
import io.pulzar.roles.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose questions to the master, or the answers, are lost after its object is complete. */
final class LostAnswersTest {

  /** How the line to the master is, for recordings. */
  private enum Line {
    WORKS,
    LOSES_QUESTIONS,
    LOSES_ANSWERS
  }

  @TempDir private Path directory;
  private BucketServer server;
  private Bucket bucket;
  private UnsettledObjects unsettled;
  private BucketWrites writes;
  private volatile Line line = Line.WORKS;

  @BeforeEach
  void start() {
    server = BucketServer.in(directory).start();
    bucket = Bucket.open(TestServer.settings(directory, server.bucketSettings()));
    LinkServer master = server.server().context(Role.MASTER).getBean(LinkServer.class);
    MasterIndex index = new MasterIndex(new Lossy(master), "other");
    unsettled = new UnsettledObjects(index, bucket, TestTime.loops());
    writes =
        new BucketWrites(
            bucket,
            new BucketMembership(bucket, index),
            index,
            unsettled,
            new UploadMemory(16 << 20, Duration.ofSeconds(5)),
            Clock.systemUTC(),
            Runnable::run,
            64 << 20,
            8 << 20);
  }

  @AfterEach
  void stop() {
    unsettled.stop();
    bucket.close();
    server.close();
  }

  @Test
  void aPlainWriteWhoseAnswerIsLostIsTakenBack() {
    line = Line.LOSES_ANSWERS;
    refused("/plain", "value", false);
    Await.until("the key is gone", () -> server.get("/plain").statusCode() == 404);
    Await.until("the object is gone", () -> server.objects().isEmpty());
    line = Line.WORKS;
    write("/plain", "again", false);
    assertThat(server.get("/plain").body()).isEqualTo("again");
  }

  @Test
  void aReplacementWhoseAnswerIsLostIsKept() {
    write("/replaced", "old", false);
    line = Line.LOSES_ANSWERS;
    refused("/replaced", "new", true);
    assertThat(server.get("/replaced").body()).isEqualTo("new");
    line = Line.WORKS;
    write("/later", "x", false);
    assertThat(server.get("/replaced").body()).isEqualTo("new");
  }

  @Test
  void aReplacementThatTheMasterNeverHeardOfLeavesTheOldValueAndNoObject() {
    write("/kept", "old", false);
    line = Line.LOSES_QUESTIONS;
    refused("/kept", "new", true);
    Await.until("one object is left", () -> server.objects().size() == 1);
    assertThat(server.get("/kept").body()).isEqualTo("old");
  }

  private void refused(String key, String value, boolean replace) {
    assertThatThrownBy(() -> write(key, value, replace))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("master_unreachable"));
  }

  private void write(String key, String value, boolean replace) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    UploadBody upload =
        new UploadBody() {
          @Override
          public OptionalLong announced() {
            return OptionalLong.of(bytes.length);
          }

          @Override
          public CompletionStage<byte[]> whole() {
            return CompletableFuture.completedStage(bytes);
          }

          @Override
          public InputStream stream() {
            return new ByteArrayInputStream(bytes);
          }
        };
    try {
      StoredValue _ =
          writes
              .write(new WriteOptions(Key.of(key), Optional.empty(), replace), upload)
              .toCompletableFuture()
              .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ApiException refusal ? refusal : e;
    }
  }

  private final class Lossy implements MasterLink {

    private final MasterLink master;

    Lossy(LinkServer server) {
      this.master = new InProcessLink(server);
    }

    @Override
    public <Q, A> CompletionStage<A> ask(Operation<Q, A> operation, Q question) {
      boolean isRecording = operation.name().equals(KeyOperations.RECORD_OBJECT.name());
      if (!isRecording || line == Line.WORKS) {
        return master.ask(operation, question);
      }
      CompletionStage<A> lost =
          CompletableFuture.failedStage(
              new LinkDownException("on purpose", new IOException("on purpose")));
      return line == Line.LOSES_QUESTIONS
          ? lost
          : master.ask(operation, question).thenCompose(answer -> lost);
    }
  }
}

package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeSettings.WorkerShape;
import io.pulzar.polyglot.wire.Message;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call in the pool: first waiting, then with a worker, then finished. */
final class PooledRun implements Run {

  private static final Logger LOG = LoggerFactory.getLogger(PooledRun.class);

  private final CompletableFuture<Finished> finished = new CompletableFuture<>();
  private final Consumer<PooledRun> canceler;
  private final SecretMask mask;
  private RunListener listener;

  final long number;
  final Call call;
  final long heapBytes;
  final String contextKey;
  final long submittedNanos;

  /** These are guarded by the pool's lock. */
  @Nullable WorkerProcess worker;

  long assignedNanos;
  boolean started;
  boolean over;
  boolean givenTwice;

  /** Set before the worker is told, so that whoever is later of start and cancel tells it. */
  volatile boolean cancelRequested;

  /**
   * @param canceler called by {@link #cancel()}
   */
  PooledRun(
      long number,
      Call call,
      RunListener listener,
      long heapBytes,
      long submittedNanos,
      Consumer<PooledRun> canceler) {
    this.number = number;
    this.call = call;
    this.mask = SecretMask.of(call.environment());
    this.listener = mask.isEmpty() ? listener : new MaskedListener(listener, mask);
    this.heapBytes = heapBytes;
    this.submittedNanos = submittedNanos;
    this.canceler = canceler;
    this.assignedNanos = submittedNanos;
    this.contextKey =
        Message.contextKey(
            call.script().root().toString(),
            call.script().name(),
            call.script().entry(),
            call.limits().network(),
            call.isolation());
  }

  Message.Start toMessage(Path scratch, WorkerShape shape) {
    return new Message.Start(
        number,
        call.script().root().toString(),
        call.script().name(),
        call.script().entry(),
        call.arguments(),
        scratch.toString(),
        call.input().map(Path::toString).orElse(null),
        call.isolation(),
        call.limits().timeout().toMillis(),
        call.limits().memoryBytes(),
        shape.scratchBytes(),
        call.limits().outputBytes(),
        call.limits().network(),
        shape.runsPerContext(),
        JsonText.object(call.environment().secrets()),
        JsonText.object(call.environment().variables()));
  }

  @Override
  public CompletionStage<Finished> finished() {
    return finished.minimalCompletionStage();
  }

  @Override
  public void cancel() {
    canceler.accept(this);
  }

  /** For the thread of the worker only, which keeps these calls in order. */
  void tell(Consumer<RunListener> news) {
    try {
      news.accept(listener);
    } catch (RuntimeException | Error e) {
      Survivable.orThrow(e);
      LOG.warn("the listener of run {} failed and is not called again", call.id(), e);
      listener = RunListener.SILENT;
    }
  }

  /** On the worker's thread where the run has begun, behind all that it said. */
  void finish(Finished end) {
    if (listener instanceof MaskedListener masked) {
      tell(_ -> masked.end());
    }
    finished.complete(new Finished(mask.outcome(end.outcome()), end.usage()));
  }
}

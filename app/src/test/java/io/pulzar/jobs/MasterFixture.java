package io.pulzar.jobs;

import io.pulzar.TestTime;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.JobOperations.Commands;
import io.pulzar.jobs.JobOperations.Finish;
import io.pulzar.jobs.JobOperations.PollReply;
import io.pulzar.jobs.JobOperations.RenewLeases;
import io.pulzar.jobs.JobOperations.Write;
import io.pulzar.jobs.LeasedJob.RunLimits;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.StorageUnavailableException;
import io.pulzar.upkeep.RunningTime;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The master's queue on a real database, with nodes that a test plays. */
final class MasterFixture implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(15);
  static final DispatchRules RULES =
      new DispatchRules(LEASE, 2, Duration.ofSeconds(1), Duration.ofSeconds(8));

  final PlayedNodes nodes = new PlayedNodes();
  final TestClock clock = new TestClock();
  RunningTime time = TestTime.of(clock);
  final Database database;
  final Set<AttemptId> handedOut = new HashSet<>();
  JobStore store;
  JobSignals signals;
  Dispatcher dispatcher;
  int retries;

  /** Why the storage does not answer what a lease needs; empty: it does. */
  Optional<String> away = Optional.empty();

  final List<JobEndNotes> endNotes = new ArrayList<>();
  private final Path directory;

  MasterFixture(Path directory) {
    this.directory = directory;
    database = StorageEngine.local().open(directory, JobTables.ALL);
    store = newIncarnation();
    signals = new JobSignals();
    dispatcher = newDispatcher();
    dispatcher.opened();
  }

  /** A new life of the master on the same disk: what was in memory is gone. */
  void restart() {
    dispatcher.stop();
    store = newIncarnation();
    signals = new JobSignals();
    recover();
    dispatcher.opened();
  }

  /** The same, up to the moment when its port opens. */
  void restartWithoutPort() {
    dispatcher.stop();
    store = newIncarnation();
    signals = new JobSignals();
    recover();
  }

  private void recover() {
    dispatcher = newDispatcher();
    dispatcher.recover();
  }

  /** Accepts a job and offers it. */
  long submit() {
    return submit(Optional.empty());
  }

  long submit(Optional<String> node) {
    JobRecord job = accept(node);
    dispatcher.offer(job);
    return job.id();
  }

  /** Accepts a job that nobody is told of, as when the master is killed right after. */
  JobRecord accept(Optional<String> node) {
    return accept("a/script", node);
  }

  /** Accepts a job of this script and offers it. */
  long submitScript(String path) {
    JobRecord job = accept(path, Optional.empty());
    dispatcher.offer(job);
    return job.id();
  }

  /** The same for one that works on a value that any node can get. */
  long submitOn(String key) {
    JobRecord job = accept("a/script", Optional.of(key), Optional.empty());
    dispatcher.offer(job);
    return job.id();
  }

  /** Flips a bit wherever the database's file has this text. */
  void damage(String text) {
    Path file = directory.resolve("data.mdb");
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    try (RandomAccessFile changed = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] whole = new byte[(int) changed.length()];
      changed.readFully(whole);
      for (int at = 0; at < whole.length - wanted.length; at++) {
        if (Arrays.equals(wanted, 0, wanted.length, whole, at, at + wanted.length)) {
          changed.seek(at);
          changed.write(whole[at] ^ 1);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JobRecord accept(String path, Optional<String> node) {
    return accept(path, Optional.empty(), node);
  }

  private JobRecord accept(String path, Optional<String> data, Optional<String> node) {
    Submission submission = new Submission(path, "{}", data, node, Optional.empty());
    return join(() -> store.accept(submission, Optional.empty(), clock.instant()))
        .started()
        .orElseThrow();
  }

  CompletableFuture<PollReply> ask(LeaseHolder lessee) {
    return dispatcher.take(lessee).toCompletableFuture();
  }

  /** Takes a job that must be there. */
  AttemptId take(LeaseHolder lessee) {
    AttemptId attempt = ask(lessee).join().lease().orElseThrow().attempt();
    noteHandedOut(attempt);
    return attempt;
  }

  void noteHandedOut(AttemptId attempt) {
    if (!handedOut.add(attempt)) {
      throw new AssertionError(attempt + " was handed out twice");
    }
  }

  boolean finish(LeaseHolder lessee, AttemptId attempt, AttemptResult ending) {
    Finish finish =
        new Finish(
            lessee,
            attempt,
            1,
            new OutputChunk("the end\n", List.of("out")),
            ending,
            ending == AttemptResult.FAILED ? "broken" : "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return join(() -> dispatcher.finish(finish)).accepted();
  }

  boolean write(LeaseHolder lessee, AttemptId attempt, int sequence, String log) {
    Write write = new Write(lessee, attempt, sequence, new OutputChunk(log, List.of()));
    return join(() -> dispatcher.write(write)).accepted();
  }

  CompletableFuture<Commands> hold(LeaseHolder lessee, AttemptId... attempts) {
    return dispatcher.hold(new RenewLeases(lessee, List.of(attempts), false)).toCompletableFuture();
  }

  void pass(Duration time) {
    clock.advance(time);
    dispatcher.tick();
    settle();
  }

  String state(long job) {
    return store.find(job).orElseThrow().state().word();
  }

  /** Whether a node has it, seen at work or not. */
  boolean isHeld(long job) {
    return store.find(job).orElseThrow().state() instanceof JobState.Running;
  }

  JobRecord job(long job) {
    return store.find(job).orElseThrow();
  }

  /** Returns when everything that was queued for the disk, and what followed it, is done. */
  void settle() {
    for (int round = 0; round < 3; round++) {
      database.writeAndWait(tx -> true);
    }
  }

  static <T> T join(Supplier<java.util.concurrent.CompletionStage<T>> stage) {
    return stage.get().toCompletableFuture().join();
  }

  @Override
  public void close() {
    dispatcher.stop();
    database.close();
  }

  private JobStore newIncarnation() {
    return new JobStore(database, Duration.ofDays(1), 100, endNotes);
  }

  private Dispatcher newDispatcher() {
    return new Dispatcher(store, RULES, clock, this::lease, job -> retries, nodes, signals, time);
  }

  private LeasedJob lease(JobRecord job) {
    away.ifPresent(
        why -> {
          throw new StorageUnavailableException(why);
        });
    return new LeasedJob(
        new AttemptId(job.id(), job.attempts().number()),
        job.submission().path(),
        job.submission().parameters(),
        false,
        Optional.empty(),
        new RunLimits(
            Duration.ofMinutes(1), 1 << 20, 1 << 20, true, Isolation.CLEAN, ScriptRuntime.GRAALPY),
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}

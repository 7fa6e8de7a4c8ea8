package io.pulzar.jobs;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Wakes whoever waits for a job to write or to end. Nothing is kept for those who come late: they
 * look into the store after they registered.
 */
final class JobSignals {

  /** Ends the listening. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  private final ConcurrentMap<Long, List<JobListener>> listeners = new ConcurrentHashMap<>();
  private final List<Consumer<JobRecord>> onEveryEnd = new CopyOnWriteArrayList<>();

  Listening listen(long job, JobListener listener) {
    listeners.compute(
        job,
        (id, before) -> {
          List<JobListener> all = before == null ? new CopyOnWriteArrayList<>() : before;
          all.add(listener);
          return all;
        });
    return () ->
        listeners.computeIfPresent(
            job,
            (id, all) -> {
              all.remove(listener);
              return all.isEmpty() ? null : all;
            });
  }

  /** Calls {@code consumer} for each job that ends, under the rules of {@link JobListener}. */
  void onEveryEnd(Consumer<JobRecord> consumer) {
    onEveryEnd.add(consumer);
  }

  void wrote(long job) {
    listeners.getOrDefault(job, List.of()).forEach(JobListener::wrote);
  }

  void ended(JobRecord job) {
    onEveryEnd.forEach(consumer -> consumer.accept(job));
    listeners.getOrDefault(job.id(), List.of()).forEach(listener -> listener.ended(job));
  }
}

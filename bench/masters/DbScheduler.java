import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * db-scheduler on PostgreSQL: accept or endtoend, then the URL, how many clients and for how many seconds. Prints how long each took, in
 * microseconds. A task is a method of this process; it is executed at once, and not only at the next poll.
 */
public final class DbScheduler {

  static final Map<String, CountDownLatch> WAITING = new ConcurrentHashMap<>();
  static final AtomicLong NUMBERS = new AtomicLong();

  static final String TABLE =
      """
      create table if not exists scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamp with time zone not null,
        picked boolean not null,
        picked_by text,
        last_success timestamp with time zone,
        last_failure timestamp with time zone,
        consecutive_failures int,
        last_heartbeat timestamp with time zone,
        version bigint not null,
        priority smallint,
        primary key (task_name, task_instance));
      create index if not exists execution_time_idx on scheduled_tasks (execution_time);
      create index if not exists last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      """;

  public static void main(String[] arguments) throws Exception {
    Clients clients = Clients.of(arguments);
    try (HikariDataSource source = clients.connections()) {
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(TABLE);
      }
      OneTimeTask<Integer> task =
          Tasks.oneTime("trivial", Integer.class)
              .execute(
                  (instance, context) -> {
                    if (instance.getData() + 1 != 42) {
                      throw new IllegalStateException("another number");
                    }
                  });
      Scheduler scheduler =
          Scheduler.create(source, task)
              .threads(8)
              .pollUsingLockAndFetch(0.5, 1.0)
              .pollingInterval(Duration.ofSeconds(1))
              .enableImmediateExecution()
              .addSchedulerListener(new Ended())
              .build();
      scheduler.start();
      clients.measure(() -> once(scheduler, task, clients.accept()));
      scheduler.stop();
    }
    System.exit(0);
  }

  /** A task is over when its row is gone: then it can't run again. */
  static final class Ended
      extends com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener {
    @Override
    public void onExecutionComplete(
        com.github.kagkarlsson.scheduler.task.ExecutionComplete complete) {
      CountDownLatch waiting =
          WAITING.remove(complete.getExecution().taskInstance.getId());
      if (waiting != null) {
        waiting.countDown();
      }
    }
  }

  static void once(Scheduler scheduler, OneTimeTask<Integer> task, boolean accept)
      throws InterruptedException {
    String id = Long.toString(NUMBERS.incrementAndGet());
    CountDownLatch ended = new CountDownLatch(1);
    Instant now = Instant.now();
    if (!accept) {
      WAITING.put(id, ended);
    }
    if (!scheduler.scheduleIfNotExists(
        task.instance(id, 41), accept ? now.plus(Duration.ofDays(1)) : now)) {
      throw new IllegalStateException(id + " was there");
    }
    if (!accept && !ended.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(id + " did not end");
    }
  }
}

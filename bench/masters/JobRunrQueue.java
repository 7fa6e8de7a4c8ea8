import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.filters.ApplyStateFilter;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/**
 * JobRunr on PostgreSQL: accept or endtoend, then the URL, how many clients and for how many seconds. Prints how long each took, in microseconds. A
 * job is a method of this process. It is looked for every five seconds, the least that JobRunr takes, and whenever a thread runs out of jobs.
 */
public final class JobRunrQueue {

  static final Map<UUID, CountDownLatch> WAITING = new ConcurrentHashMap<>();

  public record Trivial(int number) implements JobRequest {
    @Override
    public Class<TrivialHandler> getJobRequestHandler() {
      return TrivialHandler.class;
    }
  }

  public static final class TrivialHandler implements JobRequestHandler<Trivial> {
    @Override
    public void run(Trivial request) {
      if (request.number() + 1 != 42) {
        throw new IllegalStateException("another number");
      }
    }
  }

  /** A job is over when that is stored. */
  static final class Ended implements ApplyStateFilter {
    @Override
    public void onStateApplied(Job job, JobState before, JobState after) {
      CountDownLatch waiting =
          after.getName() == StateName.SUCCEEDED ? WAITING.remove(job.getId()) : null;
      if (waiting != null) {
        waiting.countDown();
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    Clients clients = Clients.of(arguments);
    try (HikariDataSource source = clients.connections()) {
      JobRequestScheduler scheduler =
          JobRunr.configure()
              .useStorageProvider(SqlStorageProviderFactory.using(source))
              .withJobFilter(new Ended())
              .useBackgroundJobServer(
                  BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                      .andWorkerCount(8)
                      .andPollInterval(Duration.ofSeconds(5)))
              .initialize()
              .getJobRequestScheduler();
      clients.measure(() -> once(scheduler, clients.accept()));
    }
    System.exit(0);
  }

  static void once(JobRequestScheduler scheduler, boolean accept) throws InterruptedException {
    UUID id = UUID.randomUUID();
    if (accept) {
      scheduler.schedule(id, Instant.now().plus(Duration.ofDays(1)), new Trivial(41));
      return;
    }
    CountDownLatch ended = new CountDownLatch(1);
    WAITING.put(id, ended);
    scheduler.enqueue(id, new Trivial(41));
    if (!ended.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(id + " did not end");
    }
  }
}

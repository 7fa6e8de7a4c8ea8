import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Clients that do one thing again and again, each in a thread of its own.
 *
 * @param accept whether they only store jobs, and do not wait for them
 */
record Clients(boolean accept, String url, int count, int seconds) {

  private static final int WARM_UP_SECONDS = 15;

  interface Once {
    void run() throws Exception;
  }

  /** From the command line: accept or endtoend, the URL, how many clients, for how many seconds. */
  static Clients of(String[] arguments) {
    return new Clients(
        arguments[0].equals("accept"),
        arguments[1],
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]));
  }

  HikariDataSource connections() {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(url);
    pool.setUsername("pulzar");
    pool.setMaximumPoolSize(20);
    return new HikariDataSource(pool);
  }

  /** Prints how long each took, in microseconds, a line each; what the warm-up took is left out. */
  void measure(Once once) throws InterruptedException {
    run(WARM_UP_SECONDS, once);
    run(seconds, once).forEach(System.out::println);
  }

  private Iterable<Long> run(int forSeconds, Once once) throws InterruptedException {
    ConcurrentLinkedQueue<Long> taken = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(forSeconds);
    for (int client = 0; client < count; client++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (System.nanoTime() < end) {
                      long start = System.nanoTime();
                      try {
                        once.run();
                      } catch (Exception e) {
                        e.printStackTrace();
                        System.exit(1);
                      }
                      taken.add((System.nanoTime() - start) / 1_000);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return taken;
  }
}

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Clients that do one thing again and again, each in a thread of its own. */
final class Clients {

  private static final int WARM_UP_SECONDS = 15;

  interface Once {
    void run() throws Exception;
  }

  private Clients() {}

  /** Prints how long each took, in microseconds, a line each; what the warm-up took is left out. */
  static void measure(int clients, int seconds, Once once) throws InterruptedException {
    run(clients, WARM_UP_SECONDS, once);
    run(clients, seconds, once).forEach(System.out::println);
  }

  private static Iterable<Long> run(int clients, int seconds, Once once)
      throws InterruptedException {
    ConcurrentLinkedQueue<Long> taken = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int client = 0; client < clients; client++) {
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

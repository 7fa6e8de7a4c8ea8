package io.pulzar.masters;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.NumberedJob;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Clients that launch jobs through any master, and remember what was acknowledged. */
final class Launches implements AutoCloseable {

  private static final int CLIENTS = 3;
  private static final int ENOUGH = 20;

  /** No more between two faults than the node can run, however slow the machine is. */
  private static final int MOST = 3 * ENOUGH;

  private static final Duration PACE = Duration.ofMillis(50);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Masters masters;
  private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger wanted = new AtomicInteger(MOST);
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Thread> clients;

  Launches(Masters masters) {
    this.masters = masters;
    this.clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(client -> Thread.ofVirtual().start(() -> launch(client)))
            .toList();
  }

  private void launch(int client) {
    for (int round = client; !stopped.get(); round++) {
      if (acknowledged.size() < wanted.get()) {
        launchAt(round % masters.count());
      }
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  /** What is refused or not answered was not promised. */
  private void launchAt(int master) {
    try {
      HttpResponse<String> answer = masters.ask(master, "POST", NumberedJob.LAUNCH);
      if (answer.statusCode() == 200) {
        NumberedJob.acknowledged(answer.body()).ifPresent(acknowledged::add);
      }
    } catch (UncheckedIOException gone) {
      unanswered.incrementAndGet();
    }
  }

  void awaitMore() {
    int before = acknowledged.size();
    wanted.set(before + MOST);
    Await.until("more is acknowledged", PATIENCE, () -> acknowledged.size() >= before + ENOUGH);
  }

  void stop() {
    stopped.set(true);
    try {
      for (Thread client : clients) {
        client.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void checkThatAllCompletedOnce() {
    int leader = masters.leader();
    for (long id : acknowledged) {
      String path = "/admin/jobs/" + id;
      Await.until(
          "job " + id + " ends",
          PATIENCE,
          () -> NumberedJob.isOver(masters.ask(leader, "GET", path).body()));
      assertThat(masters.ask(leader, "GET", path).body()).contains(NumberedJob.completed(id));
    }
    System.out.printf(
        "%d jobs acknowledged, all completed; %d launches without an answer%n",
        acknowledged.size(), unanswered.get());
  }

  @Override
  public void close() {
    stop();
  }
}

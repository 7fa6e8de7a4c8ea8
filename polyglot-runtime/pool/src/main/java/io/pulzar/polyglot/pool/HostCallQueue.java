package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.wire.Message;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what one run asks of the platform, one question at a time in their order, each on a
 * virtual thread, so that the worker's thread goes on reading.
 */
final class HostCallQueue {

  private static final Logger LOG = LoggerFactory.getLogger(HostCallQueue.class);

  /** A script has one question open for each of its threads. More than this is a flood. */
  static final int MAX_OPEN = 64;

  private final HostCalls host;
  private final Path scratch;
  private final Consumer<Message.HostResult> answers;
  private final Consumer<Boolean> parking;
  private final Set<Thread> open = ConcurrentHashMap.newKeySet();
  // Fair, which keeps the order.
  private final ReentrantLock oneAtATime = new ReentrantLock(true);
  private volatile boolean closed;

  /**
   * @param answers called on the virtual threads
   * @param parking told when the run begins to wait for others, and when it goes on
   */
  HostCallQueue(
      HostCalls host,
      Path scratch,
      Consumer<Message.HostResult> answers,
      Consumer<Boolean> parking) {
    this.host = host;
    this.scratch = scratch;
    this.answers = answers;
    this.parking = parking;
  }

  void ask(Message.HostCall question) {
    Thread thread =
        Thread.ofVirtual().name("host-call-" + question.run()).unstarted(() -> answer(question));
    if (open.size() >= MAX_OPEN) {
      Thread.ofVirtual()
          .start(
              () ->
                  reply(question, error("RuntimeError", "too many calls to the platform at once")));
      return;
    }
    open.add(thread);
    thread.start();
  }

  /** The run is over: open calls are interrupted, and nobody hears their answers. */
  void close() {
    closed = true;
    open.forEach(Thread::interrupt);
  }

  private void answer(Message.HostCall question) {
    if (host.waits(question.name())) {
      answerWaiting(question);
      return;
    }
    try {
      oneAtATime.lockInterruptibly();
      try {
        if (!closed) {
          reply(question, askHost(question));
        }
      } finally {
        oneAtATime.unlock();
      }
    } catch (InterruptedException e) {
      // Only close() interrupts, and then there is nobody left to answer.
      Thread.currentThread().interrupt();
    } finally {
      open.remove(Thread.currentThread());
    }
  }

  /** Nobody else's question waits for this answer, which may take long. */
  private void answerWaiting(Message.HostCall question) {
    parking.accept(true);
    String answer;
    try {
      answer = askHost(question);
    } finally {
      parking.accept(false);
      open.remove(Thread.currentThread());
    }
    reply(question, answer);
  }

  private void reply(Message.HostCall question, String json) {
    if (!closed) {
      answers.accept(new Message.HostResult(question.run(), question.call(), json));
    }
  }

  private String askHost(Message.HostCall question) {
    try {
      return "{\"ok\":" + host.call(question.name(), question.json(), scratch) + "}";
    } catch (HostCallException e) {
      return error(e.type(), e.getMessage());
    } catch (RuntimeException | Error e) {
      Survivable.orThrow(e);
      if (!closed) {
        LOG.error("the platform failed to answer {} of run {}", question.name(), question.run(), e);
      }
      return error(
          "RuntimeError", "the platform failed to answer " + question.name() + "; see its log");
    }
  }

  private static String error(String type, String message) {
    StringBuilder json = new StringBuilder("{\"error\":{\"type\":");
    JsonText.appendQuoted(json, type);
    json.append(",\"message\":");
    JsonText.appendQuoted(json, message);
    return json.append("}}").toString();
  }
}

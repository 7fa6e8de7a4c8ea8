package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.wire.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one run says and asks. Text is collected for a moment, so that a flood of small lines
 * travels in few frames, and sent at the latest after {@link #FLUSH_MILLIS}; the order of log and
 * output stays. A pool that does not read makes the script wait.
 */
final class RunSession {

  private static final long FLUSH_MILLIS = 25;
  private static final int BATCH_CHARACTERS = 16 * 1024;

  /** Text without a line end is given one when it is longer than this. */
  private static final int LONGEST_LINE = 64 * 1024;

  private static final int LONGEST_MESSAGE = 1024 * 1024;

  /**
   * Of one part of the output, one question or one result; three times as many bytes fit a frame.
   */
  static final int LONGEST_TEXT = 16 * 1024 * 1024;

  private static final String STOPPED =
      "{\"error\": {\"type\": \"InterruptedError\", \"message\": \"the run is being stopped\"}}";

  private static final String TOO_LONG =
      "{\"error\": {\"type\": \"ValueError\", \"message\": \"more than 16 MiB of arguments;"
          + " write a file and store that instead\"}}";

  private final Message.Start start;
  private final PoolLink pool;
  private final Alarm<RunSession> flushing;

  // Guarded by this.
  private final StringBuilder lines = new StringBuilder();
  private final List<Message> waiting = new ArrayList<>();
  private long outputBytesLeft;
  private boolean flushPending;
  private boolean ended;

  // Guarded by calls.
  private final Map<Integer, CompletableFuture<String>> calls = new HashMap<>();
  private int lastCall;
  private @Nullable StopReason stopReason;
  private boolean unstopped;

  /** The last call that was made before the script began to clean up. */
  private int lastOfWork = Integer.MAX_VALUE;

  /** Whether the platform answers no more. */
  private boolean cutOff;

  private volatile @Nullable Runnable stopper;

  /**
   * @param flushing has {@link #flush} called
   */
  RunSession(Message.Start start, PoolLink pool, Alarm<RunSession> flushing) {
    this.start = start;
    this.pool = pool;
    this.flushing = flushing;
    this.outputBytesLeft = start.outputBytes();
  }

  Message.Start start() {
    return start;
  }

  /** Says how the run can be stopped; stops it at once when that was asked for already. */
  void onStop(Runnable action) {
    stopper = action;
    if (stopped() != null) {
      action.run();
    }
  }

  /** Adds text to the log. */
  void log(String text) {
    boolean over;
    synchronized (this) {
      String admitted = admit(text);
      over = admitted.length() < text.length();
      lines.append(admitted);
      sendSoon(lines.length());
    }
    if (over) {
      stop(StopReason.OUTPUT_LIMIT);
    }
  }

  /** Adds one part to the output. */
  void output(String part) {
    boolean over;
    synchronized (this) {
      String admitted = admit(part);
      over = admitted.length() < part.length() || part.length() > LONGEST_TEXT;
      if (!over) {
        sealWholeLines();
        waiting.add(new Message.Output(start.run(), admitted));
        sendSoon(admitted.length());
      }
    }
    if (over) {
      stop(StopReason.OUTPUT_LIMIT);
    }
  }

  /** Asks the platform and waits for its answer. */
  String call(String name, String json) {
    if (json.length() > LONGEST_TEXT) {
      return TOO_LONG;
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    int number;
    synchronized (calls) {
      if (cutOff) {
        return STOPPED;
      }
      number = ++lastCall;
      calls.put(number, answer);
    }
    send(new Message.HostCall(start.run(), number, name, json));
    return answer.join();
  }

  void answer(int call, String json) {
    CompletableFuture<String> waitingCall;
    synchronized (calls) {
      waitingCall = calls.remove(call);
    }
    if (waitingCall != null) {
      waitingCall.complete(json);
    }
  }

  /**
   * Ends the run early; the first reason counts. What it asked is not answered any more ({@link
   * #refuseCalls}), what it asks while it cleans up is.
   */
  void stop(StopReason reason) {
    synchronized (calls) {
      if (stopReason != null || unstopped) {
        return;
      }
      stopReason = reason;
      cutOff = !reason.leavesTime();
    }
    if (!reason.leavesTime()) {
      refuseCalls();
    }
    Runnable action = stopper;
    if (action != null) {
      action.run();
    }
  }

  /** The time to clean up is over. */
  void cutOff() {
    synchronized (calls) {
      cutOff = true;
      lastOfWork = Integer.MAX_VALUE;
    }
    refuseCalls();
  }

  /** From here on the script cleans up; said by its thread, where it is interrupted. */
  void cleansUp() {
    synchronized (calls) {
      lastOfWork = Math.min(lastOfWork, lastCall);
    }
  }

  /**
   * Ends the waiting for answers, but not that of a script which cleans up already. Where a script
   * is interrupted, only after that: it must not take the refusal for a failure of what it asked.
   */
  void refuseCalls() {
    List<CompletableFuture<String>> pending = new ArrayList<>();
    synchronized (calls) {
      calls
          .entrySet()
          .removeIf(call -> call.getKey() <= lastOfWork && pending.add(call.getValue()));
    }
    for (CompletableFuture<String> call : pending) {
      call.complete(STOPPED);
    }
  }

  /** Whether the run came to its end by itself. Then nothing stops its context any more. */
  boolean endsUnstopped() {
    synchronized (calls) {
      unstopped = stopReason == null;
      return unstopped;
    }
  }

  @Nullable StopReason stopped() {
    synchronized (calls) {
      return stopReason;
    }
  }

  /** Sends a message after all that the run said so far. */
  synchronized void send(Message message) {
    sealWholeLines();
    waiting.add(message);
    sendWaiting();
  }

  /** Sends what is left of the text, then the end; whatever is said later is dropped. */
  synchronized void end(Message.Ended message) {
    if (!lines.isEmpty() && lines.charAt(lines.length() - 1) != '\n') {
      lines.append('\n');
    }
    send(message);
    ended = true;
  }

  private void sendSoon(int justAdded) {
    if (lines.length() >= BATCH_CHARACTERS || justAdded >= BATCH_CHARACTERS) {
      sealWholeLines();
      sendWaiting();
    } else if (!flushPending && !ended) {
      flushPending = true;
      flushing.setIn(FLUSH_MILLIS, TimeUnit.MILLISECONDS, this);
    }
  }

  /** Sends what waits; an unfinished line stays. */
  synchronized void flush() {
    flushPending = false;
    if (!ended) {
      sealWholeLines();
      sendWaiting();
    }
  }

  private void sealWholeLines() {
    int end = lines.lastIndexOf("\n") + 1;
    if (lines.length() - end > LONGEST_LINE) {
      lines.append('\n');
      end = lines.length();
    }
    for (int from = 0, to; from < end; from = to) {
      to = Math.min(end, from + LONGEST_MESSAGE);
      int lineEnd = lines.lastIndexOf("\n", to - 1) + 1;
      to = lineEnd > from ? lineEnd : to;
      String piece = lines.substring(from, to);
      waiting.add(new Message.Log(start.run(), piece.endsWith("\n") ? piece : piece + "\n"));
    }
    lines.delete(0, end);
  }

  private void sendWaiting() {
    if (!ended && !waiting.isEmpty()) {
      pool.send(waiting);
      waiting.clear();
    }
  }

  /** As much of the text as the output limit still admits. */
  private String admit(String text) {
    if (ended || outputBytesLeft < 0) {
      return "";
    }
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      outputBytesLeft -= codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (outputBytesLeft < 0) {
        return text.substring(0, at);
      }
      at += Character.charCount(codePoint);
    }
    return text;
  }
}

package io.pulzar.runner;

import io.pulzar.jobs.AskedCalls;
import io.pulzar.jobs.AskedCalls.AskedCall;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.HostCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Notes what a run asks of its server and how long the answers take, up to a number of calls. Texts
 * of the script do not get in: they may hold its secrets, and go to a collector that others read.
 */
final class CallRecorder {

  /** What services are called; a script may ask for anything. */
  private static final Pattern SERVICE = Pattern.compile("[a-z_]{1,32}(\\.[a-z_]{1,32}){0,2}");

  private static final String OTHER = "other";

  private final int most;
  private final List<AskedCall> first = new ArrayList<>();
  private int all;
  private long began = System.nanoTime();

  /**
   * @param most how many calls are told one by one
   */
  CallRecorder(int most) {
    this.most = most;
  }

  /** The script begins: times are counted from here. */
  synchronized void begun() {
    began = System.nanoTime();
  }

  /** The same calls, noted. */
  HostCalls noting(HostCalls calls) {
    return new HostCalls() {
      @Override
      public String call(String name, String arguments, Path scratch) throws HostCallException {
        long from = System.nanoTime();
        try {
          String answer = calls.call(name, arguments, scratch);
          note(name, from, Optional.empty());
          return answer;
        } catch (HostCallException refused) {
          note(name, from, Optional.of(refused.type()));
          throw refused;
        }
      }

      @Override
      public boolean waits(String name) {
        return calls.waits(name);
      }
    };
  }

  private synchronized void note(String name, long from, Optional<String> error) {
    all++;
    if (first.size() < most) {
      long took = System.nanoTime() - from;
      String told = SERVICE.matcher(name).matches() ? name : OTHER;
      first.add(new AskedCall(told, micros(Math.max(0, from - began)), micros(took), error));
    }
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }

  /** What was asked until now. */
  synchronized AskedCalls asked() {
    return new AskedCalls(all, List.copyOf(first));
  }
}

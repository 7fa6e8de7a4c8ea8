package io.pulzar.upkeep;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** All endless loops of a role, so that one place can tell how they are. */
@Singleton
public final class Loops {

  private static final Duration EVER = Duration.ofDays(100_000);

  private final RunningTime time;
  private final Clock clock;
  private final Map<String, Loop> loops = new ConcurrentHashMap<>();

  public Loops(RunningTime time, Clock clock) {
    this.time = time;
    this.clock = clock;
  }

  /**
   * Adds a loop, which begins now.
   *
   * @param part its name in {@code /health}
   * @param late without a sign of life for so long, something is wrong
   */
  public Loop add(String part, Duration late) {
    Loop loop = new Loop(part, late, time, clock);
    loops.put(part, loop);
    return loop;
  }

  /** The same for a loop that may rightly be silent for any time. */
  public Loop add(String part) {
    return add(part, EVER);
  }

  /** How each is now, by its name. */
  public Map<String, Loop.State> states() {
    Map<String, Loop.State> states = new TreeMap<>();
    loops.forEach((part, loop) -> states.put(part, loop.state()));
    return states;
  }
}

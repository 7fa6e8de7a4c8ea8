package io.pulzar.keys;

import io.pulzar.keys.MoveReport.Amount;
import io.pulzar.keys.MoveReport.Stuck;
import java.util.Optional;

/** How a move of values stands: written by the thread that moves, and read by those who ask. */
final class MoveState {

  private final String to;
  private String state = "none";
  private Optional<String> wanted = Optional.empty();
  private String node = "";
  private Amount moved = Amount.NONE;
  private Amount left = Amount.NONE;
  private Stuck stuck = Stuck.NONE;
  private Amount ofStuck = Amount.NONE;
  private String waits = "";

  /**
   * @param to what the settings say
   * @param wanted what an earlier leader had not ended
   */
  MoveState(boolean to, Optional<String> wanted) {
    this.to = to ? "bucket" : "disks";
    wanted.ifPresent(this::begin);
  }

  /** The node whose values are to be moved, or an empty name for all; absent: nothing is. */
  synchronized Optional<String> wanted() {
    return wanted;
  }

  synchronized MoveReport report() {
    return new MoveReport(state, to, node, moved, left, stuck, waits);
  }

  synchronized void begin(String ofNode) {
    wanted = Optional.of(ofNode);
    node = ofNode;
    state = "moving";
    moved = Amount.NONE;
    left = Amount.NONE;
    nothingIsStuck();
    waits = "";
  }

  /** All is moved that can be; what was counted and did not come by has gone meanwhile. */
  synchronized void end() {
    over("ended");
    left = ofStuck;
  }

  synchronized void stop() {
    over("stopped");
  }

  private void over(String how) {
    wanted = Optional.empty();
    state = how;
    waits = "";
  }

  synchronized void passBegins(Amount there) {
    state = "moving";
    left = there;
    nothingIsStuck();
    waits = "";
  }

  private void nothingIsStuck() {
    stuck = Stuck.NONE;
    ofStuck = Amount.NONE;
  }

  /** A value can't be moved now; the first reason is told. */
  synchronized void waitFor(String why) {
    if (waits.isEmpty()) {
      waits = why;
    }
  }

  /** Whether some values could not be moved in this pass, and may be in the next. */
  synchronized boolean isWaiting() {
    return !waits.isEmpty();
  }

  synchronized void passEndsEarly() {
    state = "waiting";
  }

  synchronized void moved(long size) {
    moved = moved.plus(1, size);
    left = left.minus(size);
  }

  /** A value need not be moved any more. */
  synchronized void changed(long size) {
    left = left.minus(size);
  }

  synchronized void stuck(String key, long size) {
    stuck = stuck.plus(key);
    ofStuck = ofStuck.plus(1, size);
  }
}

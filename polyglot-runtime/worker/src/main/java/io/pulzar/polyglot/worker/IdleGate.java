package io.pulzar.polyglot.worker;

import java.util.function.BooleanSupplier;

/** Holds work that can wait while a run is going on. */
final class IdleGate {

  private boolean busy;

  synchronized void setBusy(boolean running) {
    busy = running;
    notifyAll();
  }

  /** Lets those who wait look at their hurry again. */
  synchronized void wake() {
    notifyAll();
  }

  synchronized void awaitIdle(BooleanSupplier hurry) throws InterruptedException {
    while (busy && !hurry.getAsBoolean()) {
      wait();
    }
  }
}

package io.pulzar.network;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Joins devices as an Ethernet switch does: learns from the senders where an address is, and sends
 * to all what it has not learned. One thread for each device, and one for what is delayed.
 */
final class Switch {

  private static final int ADDRESS_BYTES = 6;

  /** A device and its cable. */
  static final class Port {
    private final Tap tap;
    private volatile Cable cable = Cable.GOOD;

    private Port(Tap tap) {
      this.tap = tap;
    }

    void use(Cable other) {
      cable = other;
    }
  }

  private record Late(Port to, MemorySegment frame, long due) implements Delayed {

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  private final List<Port> ports = new CopyOnWriteArrayList<>();
  private final Map<Long, Port> learned = new ConcurrentHashMap<>();
  private final DelayQueue<Late> late = new DelayQueue<>();

  Switch() {
    Thread.ofPlatform().daemon().name("switch-late").start(this::deliverLate);
  }

  Port plugIn(Tap tap) {
    Port port = new Port(tap);
    ports.add(port);
    Thread.ofPlatform().daemon().name("switch-port").start(() -> forward(port));
    return port;
  }

  /** Until the device is gone. */
  private void forward(Port from) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frame = arena.allocate(Tap.LONGEST_FRAME);
      for (int length = from.tap.read(frame); length > 0; length = from.tap.read(frame)) {
        learned.put(address(frame, ADDRESS_BYTES), from);
        Port known = learned.get(address(frame, 0));
        for (Port to : known == null ? ports : List.of(known)) {
          if (to != from) {
            pass(from, to, frame, length);
          }
        }
      }
    }
    ports.remove(from);
  }

  private void pass(Port from, Port to, MemorySegment frame, int length) {
    Cable out = from.cable;
    Cable in = to.cable;
    RandomGenerator random = ThreadLocalRandom.current();
    if (!out.sends() || !in.receives() || out.loses(random) || in.loses(random)) {
      return;
    }
    long nanos = out.nanos(random) + in.nanos(random);
    if (nanos == 0) {
      to.tap.write(frame, length);
    } else {
      MemorySegment copy = Arena.ofAuto().allocate(length).copyFrom(frame.asSlice(0, length));
      late.add(new Late(to, copy, System.nanoTime() + nanos));
    }
  }

  private void deliverLate() {
    try {
      while (true) {
        Late next = late.take();
        next.to().tap.write(next.frame(), Math.toIntExact(next.frame().byteSize()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long address(MemorySegment frame, int at) {
    long address = 0;
    for (int n = 0; n < ADDRESS_BYTES; n++) {
      address = address << 8 | (frame.get(ValueLayout.JAVA_BYTE, at + n) & 0xff);
    }
    return address;
  }
}

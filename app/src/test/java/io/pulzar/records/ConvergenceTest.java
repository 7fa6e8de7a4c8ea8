package io.pulzar.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.SettableClock;
import io.pulzar.records.PeerMessages.Changes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories over two to five installations that send each other their logs: writes and
 * deletions, cuts, restarts, clocks that are apart, messages that come late, twice and in another
 * order. At the end all have the same, and it is what the greatest versions say.
 *
 * <p>{@code -Drecords.histories=} sets how many; each has a seed of its own, which a failure names.
 */
final class ConvergenceTest {

  private static final int HISTORIES = Integer.getInteger("records.histories", 50);
  private static final int STEPS = 60;
  private static final int NAMES = 5;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void allInstallationsEndWithTheSameRecords(int count) {
    try (World world = new World(directory, count)) {
      for (int history = 0; history < HISTORIES; history++) {
        world.play(1_000_003L * count + history);
      }
    }
  }

  /** Some installations, and what is under way between them. */
  private static final class World implements AutoCloseable {

    private record Message(int to, Changes changes) {}

    private final List<Installation> all = new ArrayList<>();
    private final List<SettableClock> clocks = new ArrayList<>();
    private final List<Message> underWay = new ArrayList<>();

    /** What each has sent to each, by {@code from * count + to}. */
    private final Map<Integer, Long> positions = new HashMap<>();

    /** The greatest version that was ever acknowledged of each name, and what it said. */
    private final Map<String, StoredRecord> truth = new HashMap<>();

    private Random random = new Random(0);
    private int writes;

    /** What any of the clocks ever showed: no record is dated later. */
    private Instant latest = Instant.EPOCH;

    World(Path directory, int count) {
      for (int at = 0; at < count; at++) {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-01T00:00:00Z"));
        int number = at;
        latest = clock.instant();
        clocks.add(clock);
        all.add(new Installation(directory.resolve("i" + at), clock, () -> "origin" + number));
      }
    }

    /** Histories go on from each other: the end of one is the start of the next. */
    void play(long seed) {
      random = new Random(seed);
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      settle();
      Map<String, String> first = all.getFirst().all();
      for (Installation other : all) {
        assertThat(other.all()).as("seed %d", seed).isEqualTo(first);
        assertThat(other.peers().hashes())
            .as("seed %d", seed)
            .isEqualTo(all.getFirst().peers().hashes());
      }
      Map<String, String> expected = new HashMap<>();
      truth.forEach(
          (name, record) -> {
            if (!record.deleted()) {
              expected.put(name, record.version() + "=" + record.body());
            }
          });
      assertThat(first).as("seed %d", seed).isEqualTo(expected);
    }

    private void step() {
      int who = random.nextInt(all.size());
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> acknowledge(all.get(who).put(name(), "text" + writes++));
        case 4, 5 -> acknowledge(all.get(who).remove(name()));
        case 6, 7 -> send(who, random.nextInt(all.size()));
        case 8 -> deliver();
        case 9 -> deliver();
        case 10 -> move(clocks.get(who), Duration.ofMillis(random.nextInt(40_000) - 20_000));
        default -> {
          if (random.nextInt(10) == 0) {
            all.get(who).reopen();
          }
        }
      }
    }

    private void move(SettableClock clock, Duration by) {
      clock.move(by);
      latest = latest.isBefore(clock.instant()) ? clock.instant() : latest;
    }

    private String name() {
      return "n" + random.nextInt(NAMES);
    }

    private void acknowledge(WriteAnswer answer) {
      Row row = answer.row();
      if (row == null) {
        return;
      }
      truth.merge(row.name(), row.record(), (one, other) -> other.wins(one) ? other : one);
    }

    /** The next part of the log; once in a while the same again, as after a lost answer. */
    private void send(int from, int to) {
      if (from == to) {
        return;
      }
      int link = from * all.size() + to;
      long position = positions.getOrDefault(link, 0L);
      if (random.nextInt(8) == 0) {
        position = Math.max(0, position - random.nextInt(5));
      }
      List<Row> rows = all.get(from).store().changes(position).rows();
      if (rows.isEmpty()) {
        return;
      }
      List<Row> some = rows.subList(0, 1 + random.nextInt(rows.size()));
      underWay.add(
          new Message(to, new Changes(all.get(from).store().origin(), true, 0, List.copyOf(some))));
      positions.put(link, some.getLast().revision());
    }

    /** Any of those under way, and sometimes without taking it away. */
    private void deliver() {
      if (!underWay.isEmpty()) {
        int which = random.nextInt(underWay.size());
        Message message = underWay.get(which);
        if (isTaken(message) && random.nextInt(5) > 0) {
          underWay.remove(which);
        }
      }
    }

    /** One that is dated too far ahead is held back and comes again. */
    private boolean isTaken(Message message) {
      try {
        var _ = all.get(message.to()).peers().take(message.changes()).toCompletableFuture().join();
        return true;
      } catch (CompletionException e) {
        assertThat(e).hasCauseInstanceOf(HeldChangeException.class);
        return false;
      }
    }

    /** The cuts end, the clocks are set, and everything is delivered. */
    private void settle() {
      clocks.forEach(clock -> clock.move(Duration.between(clock.instant(), latest)));
      underWay.forEach(message -> assertThat(isTaken(message)).isTrue());
      underWay.clear();
      for (int round = 0; round < 2; round++) {
        for (int from = 0; from < all.size(); from++) {
          for (int to = 0; to < all.size(); to++) {
            sendAll(from, to);
          }
        }
      }
    }

    private void sendAll(int from, int to) {
      int link = from * all.size() + to;
      List<Row> rows = all.get(from).store().changes(positions.getOrDefault(link, 0L)).rows();
      if (from != to && !rows.isEmpty()) {
        Changes changes = new Changes(all.get(from).store().origin(), true, 0, rows);
        assertThat(isTaken(new Message(to, changes))).isTrue();
        positions.put(link, rows.getLast().revision());
      }
    }

    @Override
    public void close() {
      all.forEach(Installation::close);
    }
  }
}

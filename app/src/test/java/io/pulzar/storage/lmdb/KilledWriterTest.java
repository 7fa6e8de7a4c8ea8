package io.pulzar.storage.lmdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.storage.Entry;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.StorageFullException;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import io.pulzar.storage.WriteTransaction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process writes, and is killed in the middle of it. */
@Tag("slow")
final class KilledWriterTest {

  private static final Table<Long, byte[]> BLOCKS =
      new Table<>("blocks", KeyForm.number(), ValueForm.bytes());
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 150;

  @TempDir private Path directory;

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws IOException, InterruptedException {
    long last = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long acknowledged = writeAndKill(last);
      assertThat(acknowledged).isGreaterThan(last);
      try (LmdbDatabase database = open(directory)) {
        List<Long> keys = database.read(KilledWriterTest::keys);
        assertThat(keys).startsWith(1L).hasSizeGreaterThanOrEqualTo((int) acknowledged);
        assertThat(keys.getLast()).isEqualTo(keys.size());
        last = keys.getLast();
      }
    }
  }

  @Test
  void aFullDiskRefusesAndDamagesNothing() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 20480; exec \"$@\"", "sh"));
    command.addAll(child("full"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).contains("refused").contains("small write after it");
    long stored =
        Long.parseLong(
            output
                .lines()
                .filter(line -> line.startsWith("stored "))
                .findFirst()
                .orElseThrow()
                .substring(7));
    try (LmdbDatabase database = open(directory)) {
      assertThat(database.<List<Long>>read(KilledWriterTest::keys)).hasSize((int) stored);
    }
  }

  /** Lets a child write until enough is acknowledged; returns the last acknowledged key. */
  private long writeAndKill(long start) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(child("write")).redirectErrorStream(true).start();
    long acknowledged = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("stored ")) {
          acknowledged = Math.max(acknowledged, Long.parseLong(line.substring(7)));
        }
        if (acknowledged >= start + ACKNOWLEDGED_BEFORE_KILL) {
          boolean _ = process.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return acknowledged;
  }

  private List<String> child(String what) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            what,
            directory.toString()));
    return command;
  }

  private static LmdbDatabase open(Path directory) {
    return LmdbDatabase.open(directory, LmdbLimits.DEFAULT, List.of(BLOCKS));
  }

  private static List<Long> keys(ReadTransaction tx) {
    List<Long> keys = new ArrayList<>();
    tx.scanKeys(BLOCKS, Range.all(), keys::add);
    return keys;
  }

  /** The other process. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] arguments) {
      LmdbDatabase database = open(Path.of(arguments[1]));
      if (arguments[0].equals("write")) {
        writeForEver(database);
      } else {
        fill(database);
      }
    }

    /** Several writers at once, so that a kill meets groups under way. */
    private static void writeForEver(LmdbDatabase database) {
      Runnable writer =
          () -> {
            while (true) {
              long key = database.writeAndWait(tx -> append(tx, 500));
              System.out.println("stored " + key);
            }
          };
      for (int i = 0; i < 3; i++) {
        Thread.ofPlatform().start(writer);
      }
    }

    private static void fill(LmdbDatabase database) {
      long stored = 0;
      try {
        while (true) {
          stored = database.writeAndWait(tx -> append(tx, 100_000));
        }
      } catch (StorageFullException full) {
        System.out.println("refused: " + full.getMessage());
      }
      List<Long> keys = database.read(KilledWriterTest::keys);
      database.writeAndWait(tx -> tx.delete(BLOCKS, keys.getLast()));
      long again = database.writeAndWait(tx -> append(tx, 10));
      System.out.println("small write after it: " + (again == stored));
      System.out.println("stored " + database.<List<Long>>read(KilledWriterTest::keys).size());
      database.close();
    }

    private static long append(WriteTransaction tx, int size) {
      long key = tx.first(BLOCKS, Range.allBackward()).map(Entry::key).orElse(0L) + 1;
      tx.put(BLOCKS, key, new byte[size]);
      return key;
    }
  }
}

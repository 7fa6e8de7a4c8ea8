package io.pulzar.polyglot.pool;

import io.pulzar.Await;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.wire.Message;
import io.pulzar.polyglot.wire.MessageReader;
import io.pulzar.polyglot.wire.MessageWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A worker without Python: a small program that speaks the wire and behaves as the name of the
 * script says, well or badly.
 */
final class FakeWorker {

  private static final OutputStream STDOUT = new FileOutputStream(FileDescriptor.out);
  private static final MessageWriter OUT = new MessageWriter(STDOUT);
  private static final BlockingQueue<Message.HostResult> ANSWERS = new ArrayBlockingQueue<>(100);

  /** A run and a preparation may add to it at the same time. */
  private static final Set<String> KEPT = ConcurrentHashMap.newKeySet();

  private static volatile CountDownLatch canceled = new CountDownLatch(1);
  private static volatile long running;

  /** Takes no more runs: one that it began would rightly crash with it. */
  private static volatile boolean dying;

  private FakeWorker() {}

  public static void main(String[] behaviour) throws Exception {
    if (List.of(behaviour).contains("die-before-ready")) {
      System.err.println("no Python in this house");
      System.exit(1);
    }
    if (List.of(behaviour).contains("never-ready")) {
      hang();
    }
    if (List.of(behaviour).contains("slow-start")) {
      startSlowly();
    }
    OUT.write(new Message.Ready(true, "fake"));
    MessageReader in = new MessageReader(System.in);
    for (Message message = in.read(); message != null; message = in.read()) {
      switch (message) {
        case Message.Start start -> {
          canceled = new CountDownLatch(1);
          running = start.run();
          Thread.ofPlatform().daemon().start(() -> runCarefully(start));
        }
        case Message.HostResult result -> ANSWERS.add(result);
        case Message.Prepare prepare -> prepare(prepare);
        case Message.Cancel cancel -> {
          if (cancel.run() == running) {
            canceled.countDown();
          }
        }
        case Message.ToPool wrong -> throw new IllegalStateException("not for me: " + wrong);
      }
    }
  }

  /** As on a machine that leaves it a tenth of a processor for five seconds. */
  private static void startSlowly() {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(90).toNanos());
      long busy = System.nanoTime() + Duration.ofMillis(10).toNanos();
      while (System.nanoTime() < busy) {
        Thread.onSpinWait();
      }
    }
  }

  private static void prepare(Message.Prepare prepare) throws IOException {
    if (prepare.name().equals("die-when-prepared")) {
      halt(7);
    }
    boolean loads = !prepare.name().equals("unloadable");
    if (loads) {
      KEPT.add(prepare.contextKey());
    }
    OUT.write(new Message.Prepared(loads ? "" : "it is broken", List.copyOf(KEPT)));
  }

  private static void runCarefully(Message.Start start) {
    try {
      run(start);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(Message.Start start) throws IOException, InterruptedException {
    if (dying) {
      return;
    }
    long run = start.run();
    if (start.name().equals("die-on-start")) {
      halt(1);
    }
    if (start.name().equals("die-on-start-once")) {
      dieUnless(Path.of(start.arguments()));
    }
    OUT.write(new Message.Started(run));
    switch (start.name()) {
      case "echo" -> complete(start, start.arguments());
      case "pid" -> complete(start, Long.toString(ProcessHandle.current().pid()));
      case "contexts" -> complete(start, "\"" + String.join("|", KEPT) + "\"");
      case "worn" -> end(start, new Outcome.Completed("true"), false);
      case "raise" -> end(start, new Outcome.Raised("ValueError", "bad", ""), true);
      case "talk" -> talk(start);
      case "scratch" -> fillScratch(start);
      case "host" -> askHost(start);
      case "hang" -> {
        canceled.await();
        end(start, new Outcome.Canceled(), true);
      }
      case "wait-for-file" -> {
        Path gate = Path.of(start.arguments());
        Await.until("the gate is open", () -> Files.exists(gate));
        complete(start, "true");
      }
      case "ignore-everything" -> hang();
      case "die-after-start" -> halt(7);
      case "die-of-memory" -> halt(3);
      case "die-in-log" -> {
        OUT.write(new Message.Log(run, "last words\n"));
        STDOUT.write(new byte[] {0, 0, 1});
        STDOUT.flush();
        halt(7);
      }
      case "die-in-host-call" -> {
        OUT.write(new Message.HostCall(run, 1, "slow", "{}"));
        halt(7);
      }
      case "die-after-ended" -> {
        dying = true;
        complete(start, "true");
        halt(7);
      }
      case "garbage" -> {
        STDOUT.write("this is no frame, it is a print\n".getBytes(StandardCharsets.UTF_8));
        STDOUT.flush();
        hang();
      }
      case "lie-about-run" -> {
        OUT.write(new Message.Log(run + 1000, "not mine\n"));
        hang();
      }
      case "flood" -> {
        for (int i = 0; ; i++) {
          OUT.write(new Message.Log(run, ("line " + i + "\n").repeat(1000)));
        }
      }
      case "close-stdout" -> {
        STDOUT.close();
        hang();
      }
      case "complain" -> {
        System.err.println("a native library is unhappy");
        complete(start, "true");
      }
      default -> end(start, new Outcome.Raised("ImportError", start.name(), ""), true);
    }
  }

  private static void dieUnless(Path marker) throws IOException {
    if (Files.notExists(marker)) {
      Files.createFile(marker);
      halt(1);
    }
  }

  private static void talk(Message.Start start) throws IOException {
    for (int i = 0; i < 100; i++) {
      OUT.write(new Message.Log(start.run(), "line " + i + "\n"));
      OUT.write(new Message.Output(start.run(), "part " + i));
    }
    complete(start, "null");
  }

  private static void fillScratch(Message.Start start) throws IOException {
    Path scratch = Files.createDirectories(Path.of(start.scratch()));
    boolean empty;
    try (var files = Files.list(scratch)) {
      empty = files.findAny().isEmpty();
    }
    Files.createDirectories(scratch.resolve("a/b"));
    Files.writeString(scratch.resolve("a/b/file.txt"), "left behind");
    if (start.arguments().equals("die")) {
      halt(7);
    }
    complete(start, Boolean.toString(empty));
  }

  private static void askHost(Message.Start start) throws IOException, InterruptedException {
    OUT.write(new Message.HostCall(start.run(), 1, start.arguments(), "{\"a\":1}"));
    OUT.write(new Message.Log(start.run(), "asked\n"));
    complete(start, ANSWERS.take().json());
  }

  private static void complete(Message.Start start, String json) throws IOException {
    end(start, new Outcome.Completed(json), true);
  }

  private static void end(Message.Start start, Outcome outcome, boolean reusable)
      throws IOException {
    KEPT.add(start.contextKey());
    OUT.write(new Message.Ended(start.run(), outcome, 1000, 2000, reusable, List.copyOf(KEPT)));
  }

  private static void halt(int code) {
    Runtime.getRuntime().halt(code);
  }

  private static void hang() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}

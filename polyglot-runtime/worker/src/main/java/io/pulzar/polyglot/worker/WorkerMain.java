package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.wall.Wall;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** The main class of the worker process. It reads frames from its standard input only. */
public final class WorkerMain {

  private WorkerMain() {}

  /** Serves the pool until it closes standard input. */
  public static void main(String[] arguments) throws IOException {
    WorkerThread.endProcessWithAny();
    FileOutputStream frames = frames();
    System.setOut(System.err);
    Worker worker =
        new Worker(
            WorkerOptions.parse(arguments),
            new FileInputStream(FileDescriptor.in),
            frames,
            () -> Runtime.getRuntime().halt(0),
            WorkerThread::endProcessOutOfMemory);
    if (Boolean.getBoolean("pulzar.wall")) {
      Wall.startNoMoreProcesses();
    }
    try {
      worker.serve();
    } catch (OutOfMemoryError full) {
      WorkerThread.endProcess(full);
    }
    // Whatever still runs has nobody to tell.
    Runtime.getRuntime().halt(0);
  }

  /** Where the pool reads, which need not be standard output: there a JVM that crashes says so. */
  private static FileOutputStream frames() throws IOException {
    String file = System.getProperty("pulzar.frames", "");
    return file.isEmpty() ? new FileOutputStream(FileDescriptor.out) : new FileOutputStream(file);
  }
}

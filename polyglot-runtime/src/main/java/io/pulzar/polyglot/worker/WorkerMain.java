package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.wall.Wall;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** The main class of the worker process. Its standard input and output carry frames only. */
public final class WorkerMain {

  private WorkerMain() {}

  /** Serves the pool until it closes standard input. */
  public static void main(String[] arguments) throws IOException {
    FileOutputStream frames = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    Worker worker =
        new Worker(
            WorkerOptions.parse(arguments),
            new FileInputStream(FileDescriptor.in),
            frames,
            () -> Runtime.getRuntime().halt(0));
    if (Boolean.getBoolean("pulzar.wall")) {
      Wall.startNoMoreProcesses();
    }
    worker.serve();
    // Whatever still runs has nobody to tell.
    Runtime.getRuntime().halt(0);
  }
}

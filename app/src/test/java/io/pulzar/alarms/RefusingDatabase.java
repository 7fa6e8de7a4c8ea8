package io.pulzar.alarms;

import io.pulzar.storage.Database;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.StorageFullException;
import io.pulzar.storage.WriteActivity;
import io.pulzar.storage.WriteTransaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A real database on a disk that is full for as long as the test says. */
final class RefusingDatabase implements Database {

  private final Database real;
  volatile boolean full;

  RefusingDatabase(Database real) {
    this.real = real;
  }

  @Override
  public <R> R read(Function<ReadTransaction, R> body) {
    return real.read(body);
  }

  @Override
  public <R> CompletionStage<R> write(Function<WriteTransaction, R> body) {
    return full ? CompletableFuture.failedStage(refusal()) : real.write(body);
  }

  @Override
  public <R> R writeAndWait(Function<WriteTransaction, R> body) {
    if (full) {
      throw refusal();
    }
    return real.writeAndWait(body);
  }

  private static StorageFullException refusal() {
    return new StorageFullException("the disk is full", new IOException("no space"));
  }

  @Override
  public WriteActivity activity() {
    return real.activity();
  }

  @Override
  public Optional<String> loss() {
    return real.loss();
  }

  @Override
  public List<String> verify() {
    return real.verify();
  }

  @Override
  public void probe() {
    real.probe();
  }

  @Override
  public StorageEngine engine() {
    return real.engine();
  }

  @Override
  public Path directory() {
    return real.directory();
  }

  @Override
  public void close() {
    real.close();
  }
}

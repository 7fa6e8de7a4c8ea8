package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.wire.Message;
import io.pulzar.polyglot.wire.MessageWriter;
import java.io.IOException;
import java.util.List;

/** The way to the pool. When it is gone the process has no purpose any more and ends. */
final class PoolLink {

  private final MessageWriter writer;
  private final Runnable whenLost;

  PoolLink(MessageWriter writer, Runnable whenLost) {
    this.writer = writer;
    this.whenLost = whenLost;
  }

  /** Blocks while the pool does not read. */
  void send(List<? extends Message> messages) {
    try {
      writer.writeAll(messages);
    } catch (IOException e) {
      whenLost.run();
    }
  }
}

package io.pulzar.tracing;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what OpenTelemetry says about itself, such as that the collector does not answer, into this
 * server's log: it logs by the JDK's own means, which would write beside it.
 */
final class ExporterLog extends Handler {

  private static final Logger LOG = LoggerFactory.getLogger(OtlpTracing.class);

  /** Kept, because the JDK forgets a logger that nobody holds, and with it what was set. */
  private static final java.util.logging.Logger THEIRS =
      java.util.logging.Logger.getLogger("io.opentelemetry");

  private final SimpleFormatter formatter = new SimpleFormatter();

  static synchronized void install() {
    for (Handler handler : THEIRS.getHandlers()) {
      if (handler instanceof ExporterLog) {
        return;
      }
    }
    THEIRS.setUseParentHandlers(false);
    THEIRS.addHandler(new ExporterLog());
  }

  /** In one line, without a stack: what happened is on the way to another program. */
  @Override
  public void publish(LogRecord said) {
    String what =
        formatter.formatMessage(said)
            + (said.getThrown() == null ? "" : " (" + said.getThrown() + ")");
    if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
      LOG.warn("{}", what);
    } else {
      LOG.debug("{}", what);
    }
  }

  @Override
  public void flush() {
    // Each line is passed on at once.
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}

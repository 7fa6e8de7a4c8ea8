package io.pulzar.extensions;

import io.micronaut.context.annotation.Context;
import io.pulzar.health.HealthCheck;
import io.pulzar.polyglot.Script;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.Settings;
import jakarta.annotation.PostConstruct;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the extensions into the first worker, one after the other, so that a client does not wait
 * for that. The server counts as ready when it is done, or when it took too long.
 */
@OnMaster
@Context
final class ExtensionPreparation implements HealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(ExtensionPreparation.class);

  /** More would push each other out of the worker's contexts. */
  private static final int MOST = 8;

  private final Extensions extensions;
  private final ExtensionCalls calls;
  private final Duration patience;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  ExtensionPreparation(Extensions extensions, ExtensionCalls calls, Settings settings) {
    this.extensions = extensions;
    this.calls = calls;
    this.patience = settings.get(ExtensionSettings.PREPARE);
  }

  @PostConstruct
  void start() {
    done.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
    next(extensions.all().stream().limit(patience.isZero() ? 0 : MOST).iterator());
  }

  private void next(Iterator<Script> left) {
    if (!left.hasNext()) {
      done.complete(null);
      return;
    }
    Script script = left.next();
    var _ =
        calls
            .prepare(script)
            .whenComplete(
                (problem, failure) -> {
                  if (failure == null && !problem.isEmpty()) {
                    LOG.warn("extension {} can't be loaded: {}", script.name(), problem);
                  }
                  next(left);
                });
  }

  @Override
  public String part() {
    return "extensions";
  }

  @Override
  public Health check() {
    return done.isDone() ? Health.up("") : Health.starting("the extensions are being loaded");
  }
}

package io.pulzar.access;

import io.pulzar.access.AccessOperations.Refusal;
import io.pulzar.access.AccessOperations.ScriptAnswer;
import io.pulzar.access.AccessOperations.ScriptQuestion;
import io.pulzar.http.ApiException;
import io.pulzar.link.LinkDownException;
import io.pulzar.link.LinkServer;
import io.pulzar.link.MasterLink;
import io.pulzar.rights.Grant;
import io.pulzar.rights.Identity;
import io.pulzar.rights.ScriptRights;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At a node: asks the master and trusts its answer for a few seconds; while the master can't be
 * asked, what it said last goes on to hold.
 *
 * <p>It is asked whether or not this node asks clients who they are: what holds is the master's
 * setting.
 */
@OnNode
@Singleton
final class AskedScriptRights implements ScriptRights {

  private static final Logger LOG = LoggerFactory.getLogger(AskedScriptRights.class);
  private static final int REMEMBERED = 10_000;

  private final MasterLink master;
  private final Clock clock;
  private final Duration trust;
  private final Map<String, Remembered> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Remembered(Identity identity, Instant until) {}

  AskedScriptRights(MasterLink master, Settings settings, Clock clock) {
    this.master = master;
    this.clock = clock;
    this.trust = AccessSettings.of(settings).recheck();
  }

  @Override
  public Identity of(String script) {
    Optional<Remembered> known = known(script);
    if (known.filter(this::isFresh).isPresent()) {
      return known.get().identity();
    }
    try {
      return ask(script).toCompletableFuture().join();
    } catch (CompletionException failed) {
      return switch (failed.getCause()) {
        case LinkDownException _ ->
            known.map(Remembered::identity).orElseThrow(() -> nobodyKnows(script));
        case ApiException refused when refused.code().equals(LinkServer.NOT_OFFERED) ->
            // A master of an earlier version, whose scripts may do everything.
            Identity.ofInstallation("script " + script);
        case null, default -> throw failed;
      };
    }
  }

  private static ApiException nobodyKnows(String script) {
    return ApiException.unavailable(
        "no_master",
        "the master can't be asked what " + script + " may do: try again",
        Duration.ofSeconds(2));
  }

  @Override
  public void expect(String script) {
    if (known(script).filter(this::isFresh).isEmpty()) {
      var _ =
          ask(script)
              .whenComplete(
                  (identity, failure) -> {
                    if (failure != null) {
                      LOG.debug("what {} may do is asked again when it matters", script, failure);
                    }
                  });
    }
  }

  private Optional<Remembered> known(String script) {
    synchronized (answers) {
      return Optional.ofNullable(answers.get(script));
    }
  }

  private boolean isFresh(Remembered known) {
    return clock.instant().isBefore(known.until());
  }

  private CompletionStage<Identity> ask(String script) {
    Instant until = clock.instant().plus(trust);
    return master
        .ask(AccessOperations.SCRIPT, new ScriptQuestion(script))
        .thenApply(answer -> remember(script, identity(answer), until));
  }

  private Identity remember(String script, Identity identity, Instant until) {
    synchronized (answers) {
      answers.put(script, new Remembered(identity, until));
    }
    return identity;
  }

  private static Identity identity(ScriptAnswer answer) {
    return new Identity(
        answer.name(), answer.grants().stream().map(Grant::parse).toList(), Optional.empty());
  }

  /** Waits for the master, so that a run which tries again and again is as slow as that. */
  @Override
  public void refused(String who, String run, String what) {
    try {
      master
          .ask(AccessOperations.REFUSED, new Refusal(who, run, what))
          .toCompletableFuture()
          .join();
    } catch (CompletionException failed) {
      LOG.warn("not in the audit log: {} of {} was refused {}", run, who, what, failed);
    }
  }
}

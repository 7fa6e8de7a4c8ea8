package io.pulzar.access;

import io.pulzar.access.AccessOperations.Answer;
import io.pulzar.access.AccessOperations.Question;
import io.pulzar.http.ApiException;
import io.pulzar.link.LinkDownException;
import io.pulzar.link.MasterLink;
import io.pulzar.rights.Grant;
import io.pulzar.rights.Identity;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * At a node: asks the master and trusts its answer for a few seconds. While the master can't be
 * asked, nobody new is let in.
 */
@OnNode
@Singleton
final class AskedCredentials implements CredentialCheck {

  private static final int REMEMBERED = 10_000;

  private final MasterLink master;
  private final Clock clock;
  private final Duration trust;
  private final Map<Credential, Remembered> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Credential, Remembered> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Remembered(Optional<Identity> identity, Instant until) {}

  AskedCredentials(MasterLink master, Settings settings, Clock clock) {
    this.master = master;
    this.clock = clock;
    this.trust = AccessSettings.of(settings).recheck();
  }

  @Override
  public CompletionStage<Optional<Identity>> identify(Credential credential) {
    Instant now = clock.instant();
    synchronized (answers) {
      Remembered known = answers.get(credential);
      if (known != null && now.isBefore(known.until())) {
        return CompletableFuture.completedStage(known.identity());
      }
    }
    return master
        .ask(
            AccessOperations.IDENTIFY,
            new Question(credential instanceof Credential.OfSession, credential.hash()))
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw explained(failure);
              }
              return remember(credential, identity(answer), now.plus(trust));
            });
  }

  private Optional<Identity> remember(
      Credential credential, Optional<Identity> identity, Instant until) {
    synchronized (answers) {
      answers.put(credential, new Remembered(identity, until));
    }
    return identity;
  }

  private static Optional<Identity> identity(Answer answer) {
    return Optional.ofNullable(answer.name())
        .map(
            name ->
                new Identity(
                    name,
                    answer.grants().stream().map(Grant::parse).toList(),
                    Optional.ofNullable(answer.csrf())));
  }

  private static RuntimeException explained(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof LinkDownException) {
      return ApiException.unavailable(
          "no_master",
          "the master can't be asked whose credential this is: try again",
          Duration.ofSeconds(2));
    }
    return cause instanceof RuntimeException known ? known : new CompletionException(cause);
  }
}

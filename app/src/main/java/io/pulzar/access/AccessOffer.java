package io.pulzar.access;

import io.pulzar.access.AccessOperations.Answer;
import io.pulzar.access.AccessOperations.Noted;
import io.pulzar.access.AccessOperations.Question;
import io.pulzar.access.AccessOperations.ScriptAnswer;
import io.pulzar.link.LinkHandlers;
import io.pulzar.link.LinkServer;
import io.pulzar.rights.Grant;
import io.pulzar.rights.Identity;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Answers what nodes ask about credentials. */
@OnMaster
@Singleton
final class AccessOffer implements LinkHandlers {

  private final AccessStore store;
  private final StoredScriptRights scripts;

  AccessOffer(AccessStore store, StoredScriptRights scripts) {
    this.store = store;
    this.scripts = scripts;
  }

  @Override
  public void register(LinkServer server) {
    server.on(
        AccessOperations.IDENTIFY, question -> CompletableFuture.completedStage(answer(question)));
    server.on(
        AccessOperations.SCRIPT,
        question -> CompletableFuture.completedStage(answer(scripts.of(question.script()))));
    server.on(
        AccessOperations.REFUSED,
        refusal -> {
          scripts.refused(refusal.who(), refusal.run(), refusal.what());
          return CompletableFuture.completedStage(new Noted(true));
        });
  }

  private static ScriptAnswer answer(Identity identity) {
    return new ScriptAnswer(
        identity.name(), identity.grants().stream().map(Grant::toString).toList());
  }

  private Answer answer(Question question) {
    Optional<Identity> found =
        store.identify(
            question.session()
                ? new Credential.OfSession(question.hash())
                : new Credential.OfToken(question.hash()));
    return new Answer(
        found.map(Identity::name).orElse(null),
        found.map(Identity::grants).orElse(List.of()).stream().map(Grant::toString).toList(),
        found.flatMap(Identity::csrf).orElse(null));
  }
}

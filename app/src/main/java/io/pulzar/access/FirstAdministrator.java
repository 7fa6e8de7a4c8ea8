package io.pulzar.access;

import io.micronaut.context.annotation.Requires;
import io.pulzar.rights.Access;
import io.pulzar.rights.Grant;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Lets the first person in, when the server asks who one is and knows nobody yet. */
@OnMaster
@Requires(property = Access.ON, notEquals = "false")
@Singleton
public final class FirstAdministrator {

  private static final String NAME = "administrator";

  private final AccessStore store;
  private final OneTimeCodes codes;

  FirstAdministrator(AccessStore store, OneTimeCodes codes) {
    this.store = store;
    this.codes = codes;
  }

  /** The text of an administrator's token, the only time it can be read; empty: there is one. */
  public Optional<String> token() {
    if (store.hasAdministrator()) {
      return Optional.empty();
    }
    return store
        .revokeToken(NAME)
        .thenCompose(
            revoked -> store.createToken(NAME, List.of(Grant.OF_ADMINISTRATOR), Optional.empty()))
        .toCompletableFuture()
        .join()
        .map(AccessStore.NewToken::text);
  }

  /** The path of a link that signs one browser in as administrator, once, within minutes. */
  public String signInPath() {
    return SignInController.LINK + codes.issue();
  }
}

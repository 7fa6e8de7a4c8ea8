package io.pulzar.access;

import io.pulzar.rights.Identity;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** At the master. */
@OnMaster
@Singleton
final class StoredCredentials implements CredentialCheck {

  private final AccessStore store;

  StoredCredentials(AccessStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Optional<Identity>> identify(Credential credential) {
    return CompletableFuture.completedStage(store.identify(credential));
  }
}

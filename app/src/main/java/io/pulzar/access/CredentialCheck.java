package io.pulzar.access;

import io.pulzar.rights.Identity;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Tells whose credential it is: from the disk at the master, by asking it at a node. */
interface CredentialCheck {

  /** Empty when it is unknown, revoked or has ended. */
  CompletionStage<Optional<Identity>> identify(Credential credential);
}

package io.pulzar.access;

import io.pulzar.TestServer;
import io.pulzar.rights.Grant;
import io.pulzar.roles.Role;
import java.util.List;
import java.util.Optional;

/** Tokens for tests of other capabilities. */
public final class TestTokens {

  private TestTokens() {}

  /** The text of a new token. */
  public static String create(TestServer server, String name, String... grants) {
    return server
        .context(Role.MASTER)
        .getBean(AccessStore.class)
        .createToken(name, List.of(grants).stream().map(Grant::parse).toList(), Optional.empty())
        .toCompletableFuture()
        .join()
        .orElseThrow()
        .text();
  }
}

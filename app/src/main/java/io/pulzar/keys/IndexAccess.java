package io.pulzar.keys;

import io.micronaut.context.annotation.Factory;
import io.pulzar.http.ApiException;
import io.pulzar.link.InProcessLink;
import io.pulzar.link.Link;
import io.pulzar.link.LinkDownException;
import io.pulzar.link.LinkServer;
import io.pulzar.link.MasterLink;
import io.pulzar.link.Operation;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.OnNode;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionException;

/** The master's index for scripts, which run beside it or on a node. */
public final class IndexAccess {

  private final Link master;

  IndexAccess(Link master) {
    this.master = master;
  }

  /**
   * Asks the master, waiting for its answer.
   *
   * @throws HostCallException what the script sees: KeyError for what does not exist, ValueError
   *     for a bad argument, else OSError
   */
  public <Q, A> A ask(Operation<Q, A> operation, Q question) throws HostCallException {
    try {
      return master.ask(operation, question).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw explained(e.getCause() == null ? e : e.getCause());
    }
  }

  /** What a script is told about a refusal. */
  public static HostCallException explained(Throwable failure) {
    return switch (failure) {
      case ApiException refusal when refusal.status() == 404 ->
          new HostCallException("KeyError", refusal.getMessage());
      case ApiException refusal when refusal.status() == 400 ->
          new HostCallException("ValueError", refusal.getMessage());
      case ApiException refusal when refusal.status() == 403 ->
          new HostCallException("PermissionError", refusal.getMessage());
      case ApiException refusal when refusal.status() == 409 ->
          new HostCallException("FileExistsError", refusal.getMessage());
      case ApiException refusal -> new HostCallException("OSError", refusal.getMessage());
      case LinkDownException down ->
          new HostCallException("OSError", "the master can't be reached at the moment");
      default -> throw new IllegalStateException("the master's index failed", failure);
    };
  }

  /** Makes it for the role of the context. */
  @Factory
  static final class Beans {

    @OnMaster
    @Singleton
    IndexAccess here(LinkServer server) {
      return new IndexAccess(new InProcessLink(server));
    }

    @OnNode
    @Singleton
    IndexAccess there(MasterLink master) {
      return new IndexAccess(master);
    }
  }
}

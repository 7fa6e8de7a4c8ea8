package io.pulzar.link;

/**
 * A feature's contribution to the link: a bean of this type tells the server's {@link LinkServer}
 * which operations it answers.
 */
@FunctionalInterface
public interface LinkHandlers {

  /** Called once, while the context starts. */
  void register(LinkServer server);
}

package io.pulzar.cluster;

/**
 * A feature's contribution to the link: a bean of this type tells the server's {@link LinkServer}
 * which operations it answers.
 */
@FunctionalInterface
public interface Offer {

  /** Called once, while the context starts. */
  void register(LinkServer server);
}

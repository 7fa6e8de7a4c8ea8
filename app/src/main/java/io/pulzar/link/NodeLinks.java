package io.pulzar.link;

/** The master's links to its nodes. */
public interface NodeLinks {

  /**
   * The link to a node.
   *
   * @param node its name
   * @throws io.pulzar.http.ApiException 404 {@code node_not_found} when no such node ever joined
   */
  Link to(String node);
}

package io.pulzar.roles;

import java.util.Locale;

/** What a server does: keeps the index and the queue, or keeps values and runs scripts. */
public enum Role {
  MASTER,
  NODE;

  /**
   * The property that tells a context which role it has; {@link OnMaster} and {@link OnNode} read
   * it.
   */
  public static final String PROPERTY = "pulzar.role";

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

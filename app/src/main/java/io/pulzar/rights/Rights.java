package io.pulzar.rights;

import io.micronaut.security.rules.SecurityRule;

/** The texts of {@code @Secured}. A route without one is closed to everybody. */
public final class Rights {

  public static final String VIEW = "view";
  public static final String RUN = "run";
  public static final String OPERATE = "operate";
  public static final String WRITE_SCRIPTS = "write_scripts";
  public static final String READ_DATA = "read_data";
  public static final String WRITE_DATA = "write_data";
  public static final String ADMINISTER = "administer";

  /** Whoever is signed in, whatever they may do. */
  public static final String SIGNED_IN = SecurityRule.IS_AUTHENTICATED;

  /** Everybody: what tells nothing, and the way in. */
  public static final String PUBLIC = SecurityRule.IS_ANONYMOUS;

  /** The route checks the cluster's signature itself. */
  public static final String CLUSTER = SecurityRule.IS_ANONYMOUS;

  private Rights() {}
}

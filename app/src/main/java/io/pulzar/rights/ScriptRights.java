package io.pulzar.rights;

/**
 * Says what scripts may do by the host's services. The master knows; a node asks it and remembers
 * the answer for a few seconds.
 */
public interface ScriptRights {

  /**
   * Who the runs of a script are.
   *
   * @throws io.pulzar.http.ApiException 503 {@code no_master} where that can't be found out
   */
  Identity of(String script);

  /** A run of this script begins: asks now what it will be asked soon. */
  default void expect(String script) {}

  /**
   * Puts a refusal into the audit log.
   *
   * @param who the name of the identity
   * @param run which run of the script, as {@code job 7}
   * @param what the right and for what, as {@code write_data /ops/a}
   */
  void refused(String who, String run, String what);
}

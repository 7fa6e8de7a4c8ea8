package io.pulzar.access;

import io.pulzar.rights.Access;
import io.pulzar.rights.Identity;
import io.pulzar.rights.ScriptRights;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * At the master: a script may do what its folders have been granted, and everything while nobody
 * granted them anything, or while nobody is asked who they are.
 */
@OnMaster
@Singleton
final class StoredScriptRights implements ScriptRights {

  private static final int FORBIDDEN = 403;
  private static final int LONGEST = 1_024;

  private final GrantStore grants;
  private final AuditLog log;
  private final Access access;
  private final Clock clock;

  StoredScriptRights(GrantStore grants, AuditLog log, Access access, Clock clock) {
    this.grants = grants;
    this.log = log;
    this.access = access;
    this.clock = clock;
  }

  @Override
  public Identity of(String script) {
    String name = "script " + script;
    return access.on()
        ? grants
            .ofScript(script)
            .map(held -> new Identity(name, held, Optional.empty()))
            .orElseGet(() -> Identity.ofInstallation(name))
        : Identity.ofInstallation(name);
  }

  @Override
  public void refused(String who, String run, String what) {
    String shown = what.substring(0, Math.min(LONGEST, what.length()));
    log.add(new AuditEntry(clock.instant(), who, run, shown, FORBIDDEN));
  }
}

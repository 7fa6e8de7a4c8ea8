package io.pulzar.python;

import io.pulzar.http.ApiException;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import io.pulzar.rights.ScriptRights;
import java.util.function.Predicate;

/** What a run may do by the host's services; asked anew with each call, so that a change counts. */
public final class RunRights {

  private interface Source {
    Identity identity();
  }

  private interface Log {
    void refused(String who, String what);
  }

  /** That of what is part of the installation. */
  static final RunRights EVERYTHING =
      new RunRights(() -> Identity.ofInstallation("installation"), (who, what) -> {});

  private final Source source;
  private final Log log;

  private RunRights(Source source, Log log) {
    this.source = source;
    this.log = log;
  }

  /**
   * Those of a script.
   *
   * @param run which run of it, for the audit log
   */
  static RunRights of(ScriptRights rights, String script, String run) {
    return new RunRights(() -> rights.of(script), (who, what) -> rights.refused(who, run, what));
  }

  /**
   * Who the run is.
   *
   * @throws HostCallException an OSError where that can't be found out
   */
  public Identity identity() throws HostCallException {
    try {
      return source.identity();
    } catch (ApiException unknown) {
      throw new HostCallException("OSError", unknown.getMessage());
    }
  }

  /**
   * Refuses a run that lacks the right for this script, and for its runs.
   *
   * @throws HostCallException a PermissionError that names the right and the cure
   */
  public void requireScript(Right right, String script) throws HostCallException {
    require(right, script, identity -> identity.mayScript(right, script));
  }

  /**
   * Refuses a run that lacks the right for this key or record.
   *
   * @throws HostCallException a PermissionError that names the right and the cure
   */
  public void requireData(Right right, String key) throws HostCallException {
    require(right, key, identity -> identity.mayData(right, key));
  }

  private void require(Right right, String what, Predicate<Identity> may) throws HostCallException {
    Identity identity = identity();
    if (may.test(identity)) {
      return;
    }
    log.refused(identity.name(), right + " " + what);
    throw new HostCallException(
        "PermissionError",
        "this needs the right '%s' for %s, and the folder of %s does not have it: an administrator"
                .formatted(right, what, identity.name())
            + " gives it with pulzar grant");
  }
}

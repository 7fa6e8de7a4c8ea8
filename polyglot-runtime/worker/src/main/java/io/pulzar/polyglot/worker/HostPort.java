package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.host.HostServices;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * The one Java object that Python gets hold of. A script that digs it out of the bridge can do with
 * it what the bridge does and nothing else: strings in, strings out, never an exception; and the
 * operations of the services, each of which checks what it is given.
 */
public final class HostPort {

  private final HostServices services;
  private final RunResources resources;
  private final HostPaths paths;
  private volatile @Nullable RunSession session;

  HostPort(HostServices services, RunResources resources, HostPaths paths) {
    this.paths = paths;
    this.services = services;
    this.resources = resources;
  }

  void connect(@Nullable RunSession run) {
    session = run;
  }

  /** Adds text to the log of the run. */
  @HostAccess.Export
  public void log(String text) {
    RunSession run = session;
    if (run != null) {
      run.log(paths.hide(text));
    }
  }

  /** Adds one part to the output of the run. */
  @HostAccess.Export
  public void output(String part) {
    RunSession run = session;
    if (run != null) {
      run.output(part);
    }
  }

  /** Asks the platform. */
  @HostAccess.Export
  public String call(String name, String json) {
    RunSession run = session;
    return run == null
        ? "{\"error\": {\"type\": \"RuntimeError\", \"message\": \"no run is going on\"}}"
        : run.call(name, json);
  }

  /** Performs an operation of a Java service in this process. */
  @HostAccess.Export
  public Object service(Value... call) {
    return services.execute(resources, call);
  }
}

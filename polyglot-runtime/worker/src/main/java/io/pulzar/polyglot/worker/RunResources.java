package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallContext;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the services use for the scripts of one context: its files and its network, and the database
 * connections that it opened. Python would close those when its process ends; here that is the end
 * of a clean run, or of the context.
 */
final class RunResources implements CallContext, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunResources.class);

  private final SandboxFileSystem files;
  private final boolean network;
  private final Set<Resource> open = Collections.newSetFromMap(new IdentityHashMap<>());

  RunResources(SandboxFileSystem files, boolean network) {
    this.files = files;
    this.network = network;
  }

  @Override
  public Path writableFile(String path) throws HostCallException {
    return resolved(path, true);
  }

  @Override
  public Path readableFile(String path) throws HostCallException {
    return resolved(path, false);
  }

  @Override
  public boolean isWritable(Path real) {
    return files.isScratch(real);
  }

  @Override
  public Path temporaryFile() throws HostCallException {
    Path directory = files.getTempDirectory();
    return resolved(directory.resolve(".pulzar-" + UUID.randomUUID()).toString(), true);
  }

  @Override
  public boolean network() {
    return network;
  }

  @Override
  public synchronized void keep(Resource resource) {
    open.add(resource);
  }

  @Override
  public synchronized void forget(Resource resource) {
    open.remove(resource);
  }

  /** Stops what a script does with what it opened, from any thread, without waiting for it. */
  void interrupt() {
    List<Resource> present;
    synchronized (this) {
      present = List.copyOf(open);
    }
    for (Resource resource : present) {
      try {
        resource.interrupt();
      } catch (Exception e) {
        LOG.debug("What a script does with a database could not be stopped in order", e);
      }
    }
  }

  @Override
  public void close() {
    List<Resource> left;
    synchronized (this) {
      if (open.isEmpty()) {
        return;
      }
      left = List.copyOf(open);
      open.clear();
    }
    for (Resource resource : left) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.debug("What a script left open could not be closed in order", e);
      }
    }
  }

  private Path resolved(String path, boolean write) throws HostCallException {
    try {
      return files.resolve(path, write);
    } catch (AccessDeniedException | IllegalArgumentException refused) {
      throw new HostCallException("PermissionError", path);
    } catch (IOException e) {
      throw new HostCallException("OSError", e.toString());
    }
  }
}

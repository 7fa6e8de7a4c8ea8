package io.pulzar.polyglot.host;

import io.pulzar.polyglot.HostCallException;
import java.nio.file.Path;

/** What a service may know of the run that calls it, and use for it. */
public interface CallContext {

  /** What a script opened and may leave open. */
  interface Resource {

    /** Makes what another thread does with it end soon, and returns at once. */
    void interrupt() throws Exception;

    /** May be called again, and does nothing then. */
    void close() throws Exception;
  }

  /**
   * A file that the script may write.
   *
   * @param path as the script named it, relative to its working directory
   * @return where it really lies, after every link was followed
   * @throws HostCallException PermissionError when the script may not
   */
  Path writableFile(String path) throws HostCallException;

  /** A file that the script may read. */
  Path readableFile(String path) throws HostCallException;

  /** Whether the script may change a file, given where it really lies. */
  boolean isWritable(Path real);

  /** A name for a file of the service's own in the run's directory; the service deletes it. */
  Path temporaryFile() throws HostCallException;

  /** Whether the script may use the network. */
  boolean network();

  /**
   * Closes it when what the run leaves behind goes: after a clean run, and with the context.
   * Closing twice must do no harm.
   */
  void keep(Resource resource);

  /** Forgets what was kept, because it is closed. */
  void forget(Resource resource);

  /** Of a caller that has no files, no network, and nothing to keep. */
  CallContext NONE =
      new CallContext() {
        @Override
        public Path writableFile(String path) throws HostCallException {
          throw new HostCallException("PermissionError", path);
        }

        @Override
        public Path readableFile(String path) throws HostCallException {
          throw new HostCallException("PermissionError", path);
        }

        @Override
        public boolean isWritable(Path real) {
          return false;
        }

        @Override
        public Path temporaryFile() throws HostCallException {
          throw new HostCallException("PermissionError", "there is no directory of a run");
        }

        @Override
        public boolean network() {
          return false;
        }

        @Override
        public void keep(Resource resource) {}

        @Override
        public void forget(Resource resource) {}
      };
}

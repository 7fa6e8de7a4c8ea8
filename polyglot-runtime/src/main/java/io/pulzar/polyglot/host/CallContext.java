package io.pulzar.polyglot.host;

import io.pulzar.polyglot.HostCallException;
import java.nio.file.Path;

/** What a service may know of the run that calls it, and use for it. */
public interface CallContext {

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

  /** Whether the script may use the network. */
  boolean network();

  /**
   * Closes it when what the run leaves behind goes: after a clean run, and with the context.
   * Closing twice must do no harm.
   */
  void keep(AutoCloseable resource);

  /** Forgets what was kept, because it is closed. */
  void forget(AutoCloseable resource);

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
        public boolean network() {
          return false;
        }

        @Override
        public void keep(AutoCloseable resource) {}

        @Override
        public void forget(AutoCloseable resource) {}
      };
}

package io.pulzar.polyglot.host;

import io.pulzar.polyglot.HostCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the runtime's own file system does only roughly. */
public final class FilesService implements HostService {

  @Override
  public @Nullable Object call(String operation, CallArguments arguments) throws HostCallException {
    if (!operation.equals("utime")) {
      throw HostService.unknown("files", operation);
    }
    Path file = arguments.run().writableFile(arguments.text(0));
    try {
      Files.getFileAttributeView(file, BasicFileAttributeView.class)
          .setTimes(time(arguments, 2), time(arguments, 1), null);
      return null;
    } catch (IOException e) {
      throw new HostCallException("OSError", "the times could not be set");
    }
  }

  private static FileTime time(CallArguments arguments, int position) throws HostCallException {
    return FileTime.from(
        arguments.as(Long.class, position, "a number of nanoseconds"), TimeUnit.NANOSECONDS);
  }
}

package io.pulzar.polyglot.host;

import io.pulzar.polyglot.HostCallException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Images and calls for the tests of the services. */
public final class Fixtures {

  private Fixtures() {}

  /** One of the images in the test resources. */
  public static byte[] image(String name) throws IOException {
    try (InputStream bytes = Fixtures.class.getResourceAsStream("/images/" + name)) {
      return Objects.requireNonNull(bytes, name).readAllBytes();
    }
  }

  public static @Nullable Object call(
      HostService service, String operation, @Nullable Object... arguments)
      throws HostCallException {
    return service.call(operation, new CallArguments(Arrays.asList(arguments)));
  }
}

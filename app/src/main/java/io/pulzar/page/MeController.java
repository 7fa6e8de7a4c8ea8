package io.pulzar.page;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Envelope;
import io.pulzar.roles.OnMaster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /admin/me}: who asks, and what they may do. The page shows nothing else as possible.
 */
@OnMaster
@Controller
final class MeController {

  private static final List<String> EVERYTHING = List.of("read", "run", "write keys", "operate");

  @Get("/admin/me")
  Envelope me() {
    return Envelope.ok(new Me(null, EVERYTHING));
  }

  /**
   * @param who their name; null where nobody has to say who they are
   */
  @Serdeable
  record Me(@Nullable String who, List<String> rights) {}
}

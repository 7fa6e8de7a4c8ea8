package io.pulzar.http;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.pulzar.settings.Settings;

/** The rules for browsers of this server; made at the start, so that a mistake in them ends it. */
@Factory
final class BrowserBeans {

  @Context
  BrowserRules rules(
      Settings settings, @Property(name = "micronaut.server.host") String listening) {
    return BrowserRules.of(settings, listening);
  }
}

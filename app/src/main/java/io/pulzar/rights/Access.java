package io.pulzar.rights;

import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;

/** Tells whose request it is. */
@Singleton
public final class Access {

  /** Whether requests are asked who sends them; the framework reads it too. */
  public static final String ON = "micronaut.security.enabled";

  private final boolean on;

  Access(@Property(name = ON, defaultValue = "true") boolean on) {
    this.on = on;
  }

  /** Whether requests are asked who sends them. */
  public boolean on() {
    return on;
  }

  /** The sender; somebody without any right when nobody was recognized. */
  public Identity of(HttpRequest<?> request) {
    return on
        ? request.getUserPrincipal(Identity.class).orElse(Identity.NOBODY)
        : Identity.EVERYBODY;
  }
}

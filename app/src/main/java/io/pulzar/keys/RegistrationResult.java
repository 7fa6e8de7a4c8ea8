package io.pulzar.keys;

import java.util.Optional;

/** What became of a value that a node wants to be visible. */
public sealed interface RegistrationResult {

  /**
   * It is visible now.
   *
   * @param replaced what the key stood for before; its nodes drop it
   * @param next what it stands for now
   */
  record Stored(Optional<Location> replaced, Location next) implements RegistrationResult {}

  /** The key exists and was not to be replaced; nothing changed. */
  record Exists() implements RegistrationResult {}

  /** The headers of the request do not allow it; nothing changed. */
  record Unmet() implements RegistrationResult {}

  /** The node gave this version up before; the request came too late and changed nothing. */
  record Withdrawn() implements RegistrationResult {}
}

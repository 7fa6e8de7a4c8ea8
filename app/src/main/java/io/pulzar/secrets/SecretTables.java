package io.pulzar.secrets;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import java.time.Instant;
import java.util.List;

/** What is on the master's disk about secrets and variables. */
final class SecretTables {

  /** Something sealed, and the name of the key that opens it. */
  record Sealed(String key, String text) {}

  /**
   * @param by who set it
   */
  record Secret(Sealed value, Instant changed, String by) {}

  /**
   * @param by who set it
   */
  record Variable(String value, Instant changed, String by) {}

  /** By {@link Place#key}. */
  static final Table<String, Secret> SECRETS =
      new Table<>(
              "secrets",
              KeyForm.text(),
              ValueForm.<Secret>fields(
                  (secret, out) ->
                      out.text(secret.value().key())
                          .text(secret.value().text())
                          .moment(secret.changed())
                          .text(secret.by()),
                  in -> new Secret(new Sealed(in.text(), in.text()), in.moment(), in.text())))
          .withChecksums();

  /** By {@link Place#key}. */
  static final Table<String, Variable> VARIABLES =
      new Table<>(
              "variables",
              KeyForm.text(),
              ValueForm.<Variable>fields(
                  (variable, out) ->
                      out.text(variable.value()).moment(variable.changed()).text(variable.by()),
                  in -> new Variable(in.text(), in.moment(), in.text())))
          .withChecksums();

  /** The keys of parameters, sealed themselves, by a number that grows: the last is in use. */
  static final Table<Long, Sealed> PARAMETER_KEYS =
      new Table<>(
              "parameter keys",
              KeyForm.number(),
              ValueForm.<Sealed>fields(
                  (key, out) -> out.text(key.key()).text(key.text()),
                  in -> new Sealed(in.text(), in.text())))
          .withChecksums();

  /** What other features keep sealed, by its name. */
  static final Table<String, Sealed> SEALED_TEXTS =
      new Table<>(
              "sealed texts",
              KeyForm.text(),
              ValueForm.<Sealed>fields(
                  (kept, out) -> out.text(kept.key()).text(kept.text()),
                  in -> new Sealed(in.text(), in.text())))
          .withChecksums();

  static final List<Table<?, ?>> ALL = List.of(SECRETS, VARIABLES, PARAMETER_KEYS, SEALED_TEXTS);

  private SecretTables() {}
}

package io.pulzar.secrets;

import static io.pulzar.secrets.SecretTables.SEALED_TEXTS;

import io.pulzar.http.ApiException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Texts that another feature keeps and that nobody reads on the disk: sealed with the same key as
 * secrets, and with another one when that is rotated.
 */
public final class SealedTexts {

  private final SecretStore store;

  SealedTexts(SecretStore store) {
    this.store = store;
  }

  /**
   * Keeps a text, in place of the one before.
   *
   * @param name of the feature and of the text there, as {@code alarms/receiver/ops}
   */
  public CompletionStage<Boolean> put(String name, String text) {
    return store
        .database()
        .write(
            change -> {
              change.put(SEALED_TEXTS, name, store.seal(text, about(name)));
              return true;
            });
  }

  /**
   * The text of that name, as it is now.
   *
   * @throws ApiException 409 with the cure when it can't be opened
   */
  public Optional<String> find(String name) {
    return store
        .database()
        .read(state -> state.get(SEALED_TEXTS, name))
        .map(kept -> store.open(kept, about(name), name));
  }

  /** Whether there was one. */
  public CompletionStage<Boolean> remove(String name) {
    return store.database().write(change -> change.delete(SEALED_TEXTS, name));
  }

  static String about(String name) {
    return "sealed text\n" + name;
  }
}

package io.pulzar.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.TestServer;
import io.pulzar.http.ApiException;
import io.pulzar.sealing.SealingKey;
import io.pulzar.settings.BadSettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and variables on a real disk. */
final class SecretStoreTest {

  private static final String VALUE = "hunter22-on-the-disk";

  @TempDir private Path directory;

  @Test
  void theNearestOfANameCounts() {
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      set(master, "", "A", "for all");
      set(master, "a", "A", "of a");
      set(master, "a/b", "A", "of a/b");
      set(master, "ab", "A", "of ab");
      set(master, "a/b", "B", "also");
      assertThat(secret(master, "job", "A")).isEqualTo("for all");
      assertThat(secret(master, "c/job", "A")).isEqualTo("for all");
      assertThat(secret(master, "a/job", "A")).isEqualTo("of a");
      assertThat(secret(master, "a/b/job", "A")).isEqualTo("of a/b");
      assertThat(secret(master, "a/b/c/job", "A")).isEqualTo("of a/b");
      assertThat(master.store.secretsFor("a/b/job", List.of("A", "B"))).hasSize(2);
    }
  }

  @Test
  void aSecretOfAnotherFolderIsNotThereAndTheRefusalSaysWhatToDo() {
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      set(master, "a/b", "A", VALUE);
      for (String script : List.of("job", "a/job", "a/bc/job", "b/job", "A/B/job")) {
        assertThatThrownBy(() -> secret(master, script, "A"))
            .as(script)
            .isInstanceOf(ApiException.class)
            .hasMessageContaining(script + " asks for the secret A")
            .hasMessageContaining("pulzar secrets set A")
            .hasMessageNotContaining(VALUE);
      }
    }
  }

  @Test
  void whatOtherFeaturesKeepIsSealedAndOpensAfterARotation() throws IOException {
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      SealedTexts texts = new SealedTexts(master.store);
      done(texts.put("alarms/receiver/ops", VALUE));
      done(texts.put("alarms/receiver/other", "x"));
      assertThat(done(master.store.rotate()).sealed()).isEqualTo(2);
      assertThat(texts.find("alarms/receiver/ops")).contains(VALUE);
      assertThat(done(texts.remove("alarms/receiver/other"))).isTrue();
      assertThat(done(texts.remove("alarms/receiver/other"))).isFalse();
      assertThat(texts.find("alarms/receiver/other")).isEmpty();
    }
    try (SecretsFixture again = SecretsFixture.in(directory)) {
      assertThat(new SealedTexts(again.store).find("alarms/receiver/ops")).contains(VALUE);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(VALUE);
      }
    }
  }

  @Test
  void aScriptSeesTheVariablesOfItsFoldersOnly() {
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      put(master, "", "A", "all");
      put(master, "", "_Z", "last");
      put(master, "Upper", "A", "upper");
      put(master, "a", "A", "a");
      put(master, "a/b", "B", "b");
      assertThat(master.store.variablesFor("job")).isEqualTo(Map.of("A", "all", "_Z", "last"));
      assertThat(master.store.variablesFor("Upper/job"))
          .isEqualTo(Map.of("A", "upper", "_Z", "last"));
      assertThat(master.store.variablesFor("a/b/job"))
          .isEqualTo(Map.of("A", "a", "_Z", "last", "B", "b"));
      assertThat(done(master.store.removeVariable(new Place("a", "A")))).isTrue();
      assertThat(done(master.store.removeVariable(new Place("a", "A")))).isFalse();
      assertThat(master.store.variablesFor("a/job")).containsEntry("A", "all");
    }
  }

  @Test
  void boundsAreKept() {
    Map<String, String> small = Map.of("pulzar.secrets.count", "2", "pulzar.variables.given", "20");
    try (SecretsFixture master = SecretsFixture.in(directory, small)) {
      set(master, "", "A", "1");
      set(master, "", "B", "1");
      set(master, "", "B", "again");
      assertThatThrownBy(() -> set(master, "", "C", "1"))
          .hasMessageContaining("pulzar.secrets.count");
      put(master, "", "A", "123456789");
      // What all scripts see counts for those of a folder too.
      assertThatThrownBy(() -> put(master, "a", "B", "1234567890"))
          .hasMessageContaining("pulzar.variables.given")
          .hasMessageContaining("the folder a");
      put(master, "a", "A", "1234567890123456789");
      assertThatThrownBy(() -> put(master, "", "B", "1234"))
          .hasMessageContaining("pulzar.secrets.count");
    }
    assertThatThrownBy(() -> SecretsFixture.in(directory, Map.of("pulzar.secrets.value", "2MB")))
        .isInstanceOf(BadSettingException.class);
  }

  @Test
  void noValueIsOnTheDiskAndTheKeyIsForItsOwnerOnly() throws IOException {
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      set(master, "a", "A", VALUE);
    }
    Path key = directory.resolve("home").resolve("secrets.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    String text = Files.readString(key).strip();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains(VALUE)).as(file.toString()).isFalse();
        assertThat(content.contains(text)).as(file.toString()).isEqualTo(file.equals(key));
      }
    }
  }

  @Test
  void aRotationSealsEverythingAnewAndNothingIsLost() throws IOException {
    Path key = directory.resolve("home").resolve("secrets.key");
    SealedParameters.Opened opened;
    String sealed;
    String before;
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      set(master, "a", "A", VALUE);
      sealed = master.parameters().seal("a/job", Set.of("x"), "{\"x\":5}");
      before = Files.readString(key);
      SecretStore.Rotated done = done(master.store.rotate());
      assertThat(done.sealed()).isEqualTo(2);
      assertThat(Files.readString(key)).isNotEqualTo(before);
      assertThat(SealingKey.parse(Files.readString(key)).id()).isEqualTo(done.key());
      assertThat(secret(master, "a/job", "A")).isEqualTo(VALUE);
      assertThat(master.parameters().seal("a/job", Set.of("x"), "{\"x\":5}"))
          .as("new parameters have a new key too")
          .isNotEqualTo(sealed);
    }
    String old = SealingKey.parse(before).id();
    assertThat(key.resolveSibling("secrets.key." + old)).hasContent(before);
    Files.delete(key.resolveSibling("secrets.key." + old));
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      assertThat(secret(master, "a/job", "A")).isEqualTo(VALUE);
      opened = master.parameters().open("a/job", sealed);
      assertThat(opened.parameters()).isEqualTo("{\"x\":5}");
    }
  }

  /** Between the new key on the disk and the rows under it, the machine stops. */
  @Test
  void aRotationThatWasCutShortGoesOnAtTheNextStart() throws IOException {
    Path key = directory.resolve("home").resolve("secrets.key");
    String before;
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      set(master, "a", "A", VALUE);
      before = Files.readString(key);
      Keyring.of(master.settings).change();
    }
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      assertThat(secret(master, "a/job", "A")).isEqualTo(VALUE);
    }
    Files.delete(key.resolveSibling("secrets.key." + SealingKey.parse(before).id()));
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      assertThat(secret(master, "a/job", "A")).isEqualTo(VALUE);
    }
  }

  /** A half-written file must not count as the key that was put aside. */
  @Test
  void aRotationThatWasCutShortWhileItWroteAFileIsRepeated() throws IOException {
    Path key = directory.resolve("home").resolve("secrets.key");
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      set(master, "a", "A", VALUE);
      String id = SealingKey.parse(Files.readString(key)).id();
      Files.writeString(key.resolveSibling("secrets.key." + id + ".part"), "");
      Files.writeString(key.resolveSibling("secrets.key.part"), "half");
      done(master.store.rotate());
      assertThat(secret(master, "a/job", "A")).isEqualTo(VALUE);
    }
  }

  @Test
  void withoutItsKeyASecretIsRefusedWithTheCureAndComesBackWithIt() throws IOException {
    Path key = directory.resolve("home").resolve("secrets.key");
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      set(master, "", "A", VALUE);
    }
    String kept = Files.readString(key);
    String id = SealingKey.parse(kept).id();
    Files.delete(key);
    assertThat(MissingKeys.of(TestServer.settings(directory, Map.of())))
        .singleElement()
        .asString()
        .contains(id, "secrets.key");
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      assertThatThrownBy(() -> secret(master, "job", "A"))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("put the key " + id + " back");
      set(master, "", "B", "new ones can be set");
      assertThat(master.parameters().seal("job", Set.of("x"), "{\"x\":1}"))
          .contains("_pulzar_sealed");
    }
    Files.writeString(key.resolveSibling("secrets.key." + id), kept);
    try (SecretsFixture master = SecretsFixture.in(directory)) {
      assertThat(secret(master, "job", "A")).isEqualTo(VALUE);
      assertThat(secret(master, "job", "B")).isEqualTo("new ones can be set");
    }
    assertThat(MissingKeys.of(TestServer.settings(directory, Map.of()))).isEmpty();
  }

  @Test
  void aKeyOfTheSettingsIsRotatedByPuttingAnotherBeforeIt() {
    String first = SealingKey.random().export();
    String second = SealingKey.random().export();
    try (SecretsFixture master = SecretsFixture.in(directory, key(first))) {
      set(master, "", "A", VALUE);
      assertThatThrownBy(() -> master.store.rotate())
          .hasMessageContaining("put a new one and a comma before it");
    }
    assertThat(directory.resolve("home").resolve("secrets.key")).doesNotExist();
    try (SecretsFixture master = SecretsFixture.in(directory, key(second + "," + first))) {
      done(master.store.rotate());
      assertThat(secret(master, "job", "A")).isEqualTo(VALUE);
    }
    try (SecretsFixture master = SecretsFixture.in(directory, key(second))) {
      assertThat(secret(master, "job", "A")).isEqualTo(VALUE);
    }
    assertThatThrownBy(() -> SecretsFixture.in(directory.resolve("other"), key("short")))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("openssl rand -base64 32");
  }

  @Test
  void theKeyFileMayLieElsewhere() throws IOException {
    Path elsewhere = directory.resolve("keys").resolve("own");
    Map<String, String> chosen = Map.of("pulzar.secrets.key-file", elsewhere.toString());
    try (SecretsFixture master = SecretsFixture.in(directory, chosen)) {
      set(master, "", "A", VALUE);
    }
    assertThat(elsewhere).exists();
    Files.writeString(elsewhere, "no key\n");
    assertThatThrownBy(() -> SecretsFixture.in(directory, chosen))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(elsewhere.toString())
        .hasMessageContaining("pulzar.secrets.key-file");
  }

  private static Map<String, String> key(String text) {
    return Map.of("pulzar.secrets.key", text);
  }

  private static void set(SecretsFixture master, String folder, String name, String value) {
    done(master.store.putSecret(new Place(folder, name), value, "somebody"));
  }

  private static void put(SecretsFixture master, String folder, String name, String value) {
    done(master.store.putVariable(new Place(folder, name), value, "somebody"));
  }

  private static String secret(SecretsFixture master, String script, String name) {
    return Objects.requireNonNull(master.store.secretsFor(script, List.of(name)).get(name));
  }

  private static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ApiException refused) {
        throw refused;
      }
      throw e;
    }
  }
}

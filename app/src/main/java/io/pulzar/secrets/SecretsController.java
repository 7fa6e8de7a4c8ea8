package io.pulzar.secrets;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.http.Times;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Secrets over HTTP. No route tells a value. */
@OnMaster
@Controller("/admin/secrets")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SecretsController {

  private final SecretStore store;
  private final SecretSettings settings;
  private final FolderRights rights;

  SecretsController(SecretStore store, SecretSettings settings, FolderRights rights) {
    this.store = store;
    this.settings = settings;
    this.rights = rights;
  }

  /**
   * @param folder empty: for all scripts
   */
  @Serdeable
  record SecretView(
      String name, String folder, String changed, @JsonProperty("changed_by") String changedBy) {

    static SecretView of(SecretStore.Listed row) {
      return new SecretView(
          row.place().name(), row.place().folder(), Times.utc(row.changed()), row.by());
    }
  }

  /**
   * @param key the id of the key in use
   * @param sealed how many texts are sealed with it now
   */
  @Serdeable
  record RotatedView(String key, int sealed) {}

  @Secured(Rights.WRITE_SCRIPTS)
  @Get
  Envelope list(HttpRequest<?> request) {
    return Envelope.ok(
        rights.visible(request, store.secrets()).stream().map(SecretView::of).toList());
  }

  @Secured(Rights.WRITE_SCRIPTS)
  @Put(uri = "/{name}", consumes = MediaType.ALL)
  CompletionStage<Envelope> put(
      ServerHttpRequest<?> request, String name, @QueryValue @Nullable String folder) {
    Place place = Place.parse(folder, name, settings.nameCharacters());
    String who = rights.require(request, place.folder());
    return SentText.read(request, settings.secretBytes(), SecretSettings.VALUE)
        .thenCompose(value -> store.putSecret(place, value, who))
        .thenApply(set -> Envelope.ok(null, "secret set; runs that start from now on get it"));
  }

  @Secured(Rights.WRITE_SCRIPTS)
  @Delete(uri = "/{name}", consumes = MediaType.ALL)
  CompletionStage<Envelope> remove(
      HttpRequest<?> request, String name, @QueryValue @Nullable String folder) {
    Place place = Place.parse(folder, name, settings.nameCharacters());
    rights.require(request, place.folder());
    return store
        .removeSecret(place)
        .thenApply(
            removed -> {
              if (!removed) {
                throw ApiException.notFound("secret_not_found", "there is no secret " + place);
              }
              return Envelope.ok(null, "secret removed");
            });
  }

  @Secured(Rights.ADMINISTER)
  @Post(uri = "/rotate", consumes = MediaType.ALL)
  CompletionStage<Envelope> rotate() {
    return store
        .rotate()
        .thenApply(
            done ->
                Envelope.ok(
                    new RotatedView(done.key(), done.sealed()),
                    "everything is sealed with a new key; backups made before need the old one"));
  }
}

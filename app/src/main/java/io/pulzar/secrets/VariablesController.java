package io.pulzar.secrets;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
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

/** Variables over HTTP. */
@OnMaster
@Controller("/admin/variables")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(Rights.WRITE_SCRIPTS)
final class VariablesController {

  private final SecretStore store;
  private final SecretSettings settings;
  private final FolderRights rights;

  VariablesController(SecretStore store, SecretSettings settings, FolderRights rights) {
    this.store = store;
    this.settings = settings;
    this.rights = rights;
  }

  /**
   * @param folder empty: for all scripts
   */
  @Serdeable
  record VariableView(
      String name,
      String folder,
      String value,
      String changed,
      @JsonProperty("changed_by") String changedBy) {

    static VariableView of(SecretStore.Listed row) {
      return new VariableView(
          row.place().name(),
          row.place().folder(),
          row.value().orElse(""),
          Times.utc(row.changed()),
          row.by());
    }
  }

  @Get
  Envelope list(HttpRequest<?> request) {
    return Envelope.ok(
        rights.visible(request, store.variables()).stream().map(VariableView::of).toList());
  }

  @Get("/{name}")
  Envelope get(HttpRequest<?> request, String name, @QueryValue @Nullable String folder) {
    Place place = Place.parse(folder, name, settings.nameCharacters());
    rights.require(request, place.folder());
    return Envelope.ok(
        store.variable(place).map(VariableView::of).orElseThrow(() -> unknown(place)));
  }

  @Put(uri = "/{name}", consumes = MediaType.ALL)
  CompletionStage<Envelope> put(
      ServerHttpRequest<?> request, String name, @QueryValue @Nullable String folder) {
    Place place = Place.parse(folder, name, settings.nameCharacters());
    String who = rights.require(request, place.folder());
    return SentText.read(request, settings.variableBytes(), SecretSettings.VARIABLE)
        .thenCompose(value -> store.putVariable(place, value, who))
        .thenApply(set -> Envelope.ok(null, "variable set; runs that start from now on get it"));
  }

  @Delete(uri = "/{name}", consumes = MediaType.ALL)
  CompletionStage<Envelope> remove(
      HttpRequest<?> request, String name, @QueryValue @Nullable String folder) {
    Place place = Place.parse(folder, name, settings.nameCharacters());
    rights.require(request, place.folder());
    return store
        .removeVariable(place)
        .thenApply(
            removed -> {
              if (!removed) {
                throw unknown(place);
              }
              return Envelope.ok(null, "variable removed");
            });
  }

  private static ApiException unknown(Place place) {
    return ApiException.notFound("variable_not_found", "there is no variable " + place);
  }
}

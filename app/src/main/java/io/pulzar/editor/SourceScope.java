package io.pulzar.editor;

import io.pulzar.http.ApiException;
import io.pulzar.rights.ScriptScope;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Routes about one file: the right must hold for that script. */
@OnMaster
@Singleton
final class SourceScope implements ScriptScope {

  private static final List<String> ROUTES =
      List.of(SourceController.SOURCES, SourceController.VERSIONS, DraftRunController.TEST_RUNS);

  @Override
  public Optional<String> scriptOf(String path) {
    return ROUTES.stream()
        .filter(path::startsWith)
        .findFirst()
        .flatMap(route -> named(path.substring(route.length())));
  }

  /** What is no file's name is refused by the route, with the reason. */
  private static Optional<String> named(String tail) {
    try {
      return Optional.of(SourceFile.parse(tail).script());
    } catch (ApiException e) {
      return Optional.empty();
    }
  }
}

package io.pulzar.extensions;

import io.pulzar.http.ApiException;
import io.pulzar.http.RawPath;
import io.pulzar.rights.ScriptScope;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Calls of an extension: its script is named {@code extensions/NAME} in grants. */
@OnMaster
@Singleton
final class ExtensionScope implements ScriptScope {

  private static final List<String> ROUTES = List.of("/extension/", "/third_party/");

  @Override
  public Optional<String> scriptOf(String path) {
    return ROUTES.stream()
        .filter(path::startsWith)
        .findFirst()
        .flatMap(route -> first(path.substring(route.length())))
        .map(ExtensionScope::script);
  }

  /** How grants name an extension. */
  static String script(String name) {
    return "extensions/" + name;
  }

  /** What can't be decoded is refused by the route, with the reason. */
  private static Optional<String> first(String tail) {
    try {
      return Optional.of(RawPath.segments(tail).getFirst()).filter(name -> !name.isEmpty());
    } catch (ApiException e) {
      return Optional.empty();
    }
  }
}

package io.pulzar.cli;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pulzar edit reports/daily}. */
@Command(
    name = "edit",
    description = {
      "Opens the source of a script in $VISUAL or $EDITOR, and saves it at the server.",
      "What somebody else saved meanwhile is never written over."
    })
public final class EditCommand extends ClientCommand {

  private static final String EXTENSIONS = "extensions/";
  private static final String USUAL_EDITOR = "vi";
  private static final int MISSING = 404;

  @Parameters(
      paramLabel = "SCRIPT",
      description = "its path, as reports/daily, or extensions/NAME; one that is not there is made")
  private String script = "";

  public EditCommand(CommandContext context) {
    super(context);
  }

  /**
   * A source as the server has it.
   *
   * @param tag names its content; empty: there is none yet
   */
  private record Source(String text, Optional<String> tag) {}

  @Override
  public Integer call() {
    String route =
        "/admin/sources/" + UrlText.path(script.startsWith(EXTENSIONS) ? script : "jobs/" + script);
    return ask(
        server -> {
          Source before = read(server, route);
          Path file = write(before.text());
          edit(file);
          String after = text(file);
          if (after.equals(before.text())) {
            delete(file);
            output().done("nothing was changed", Map.of("script", script, "state", "unchanged"));
            return ExitStatus.DONE.code();
          }
          Map<?, ?> saved = save(server, route, before, after, file);
          delete(file);
          tell(saved);
          return ExitStatus.DONE.code();
        });
  }

  private static Source read(ServerClient server, String route) {
    HttpResponse<byte[]> answer = server.fetch(route);
    if (answer.statusCode() == MISSING) {
      return new Source("", Optional.empty());
    }
    Optional<String> tag = answer.headers().firstValue("ETag");
    if (answer.statusCode() != 200 || tag.isEmpty()) {
      throw server.refusal(answer, answer.body());
    }
    return new Source(new String(answer.body(), StandardCharsets.UTF_8), tag);
  }

  private Path write(String text) {
    String name = script.substring(script.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9_]", "_");
    try {
      // In a directory that nobody else can enter, under a name that editors know as Python.
      return Files.writeString(
          Files.createTempDirectory("pulzar-edit-").resolve(name + ".py"), text);
    } catch (IOException e) {
      throw new RefusedException("a file to edit can't be made: " + e.getMessage());
    }
  }

  /** The shell takes the editor's name apart, which may have options. */
  private void edit(Path file) {
    String editor =
        Stream.of("VISUAL", "EDITOR")
            .map(terminal().environment()::get)
            .filter(named -> named != null && !named.isBlank())
            .findFirst()
            .orElse(USUAL_EDITOR);
    try {
      int status =
          new ProcessBuilder("sh", "-c", editor + " \"$1\"", editor, file.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new RefusedException(
            editor
                + " ended with status "
                + status
                + "; nothing was saved, your text is in "
                + file);
      }
    } catch (IOException e) {
      throw new RefusedException(editor + " can't be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted; your text is in " + file);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new RefusedException(file + " can't be read as UTF-8; nothing was saved");
    }
  }

  private static Map<?, ?> save(
      ServerClient server, String route, Source before, String after, Path file) {
    try {
      return Fields.object(
          server.putPlain(
              route,
              after,
              before.tag().isPresent() ? "If-Match" : "If-None-Match",
              before.tag().orElse("*")));
    } catch (NoServerException e) {
      throw new NoServerException(e.getMessage() + "; your text is in " + file);
    } catch (RefusedException e) {
      throw new RefusedException(e.getMessage() + "; your text is in " + file);
    }
  }

  private void tell(Map<?, ?> saved) {
    if (output().isJson()) {
      output().json(saved);
      return;
    }
    output()
        .line(script + " is saved as version " + Fields.object(saved.get("version")).get("number"));
    if (saved.get("problems") instanceof List<?> problems) {
      problems.forEach(problem -> output().line("  " + problem));
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
      Files.delete(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new RefusedException(file + " can't be removed: " + e.getMessage());
    }
  }
}

package io.pulzar.cli;

import io.pulzar.roles.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code pulzar version}. */
@Command(name = "version", description = "Tells the versions of this program and of the server.")
public final class VersionCommand extends ClientCommand {

  public VersionCommand(CommandContext context) {
    super(context);
  }

  /** No server is no mistake: this program has a version without one. */
  @Override
  public Integer call() {
    return ask(
        server -> {
          Map<String, Object> facts = new LinkedHashMap<>();
          facts.put("pulzar", Version.CURRENT);
          try {
            // A server that is not well says its version too.
            Map<?, ?> health = JsonText.object(server.fetch("/health").body()).orElseGet(Map::of);
            facts.put("server", Fields.text(Fields.object(health.get("data")), "version"));
          } catch (NoServerException e) {
            facts.put("server", null);
          }
          facts.put("url", server.address().toString());
          if (output().isJson()) {
            output().json(facts);
          } else {
            output().line("pulzar " + Version.CURRENT);
            output()
                .line(
                    facts.get("server") == null
                        ? "no server answers at " + server.address()
                        : "server " + facts.get("server") + " at " + server.address());
          }
          return ExitStatus.DONE.code();
        });
  }
}

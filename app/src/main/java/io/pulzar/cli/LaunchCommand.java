package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code pulzar launch example/factorial number=5 --wait}. */
public final class LaunchCommand extends ClientCommand {

  private static final String WAIT = "--wait";
  private static final String FOLLOW = "--follow";

  public LaunchCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
  }

  @Override
  public String name() {
    return "launch";
  }

  @Override
  public String synopsis() {
    return "SCRIPT [name=value]... [--wait] [--follow] [--server URL]";
  }

  @Override
  public String summary() {
    return "starts a job; --wait shows its result, --follow its log too";
  }

  @Override
  Set<String> flags() {
    return Set.of(WAIT, FOLLOW);
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    List<String> words = arguments.words();
    if (words.isEmpty()) {
      throw new UsageException("name a script, for example example/factorial");
    }
    Map<String, Object> parameters = parameters(words.subList(1, words.size()), server);
    Object id =
        object(server.post("/launch_job/" + encoded(words.getFirst()), parameters)).get("job_id");
    if (id == null) {
      throw new RefusedException("the server did not tell the number of the job");
    }
    if (!arguments.has(WAIT) && !arguments.has(FOLLOW)) {
      out.println("job " + id + " launched; see pulzar jobs " + id);
      return 0;
    }
    Map<?, ?> job =
        await(
            server,
            id,
            line -> {
              if (arguments.has(FOLLOW)) {
                out.println(line);
              }
            });
    return new JobView(out).result(job) ? 0 : 1;
  }

  private static Map<String, Object> parameters(List<String> words, ServerClient server) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new UsageException("a parameter is written name=value, got '" + word + "'");
      }
      parameters.put(word.substring(0, equals), server.value(word.substring(equals + 1)));
    }
    return parameters;
  }
}

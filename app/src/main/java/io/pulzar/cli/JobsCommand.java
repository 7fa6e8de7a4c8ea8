package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code pulzar jobs}, {@code pulzar jobs 7 --follow}. */
public final class JobsCommand extends ClientCommand {

  private static final String FOLLOW = "--follow";

  public JobsCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
  }

  @Override
  public String name() {
    return "jobs";
  }

  @Override
  public String synopsis() {
    return "[ID] [--follow] [--server URL]";
  }

  @Override
  public String summary() {
    return "lists the newest jobs, or shows one; --follow shows its log while it runs";
  }

  @Override
  Set<String> flags() {
    return Set.of(FOLLOW);
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    List<String> words = arguments.words();
    JobView view = new JobView(out);
    if (words.isEmpty()) {
      view.list(server.get("/admin/all_jobs?limit=20"));
      return 0;
    }
    long id = id(words.getFirst());
    if (arguments.has(FOLLOW)) {
      return view.result(await(server, id, out::println)) ? 0 : 1;
    }
    Map<?, ?> job = object(server.get("/admin/jobs/" + id));
    view.result(job);
    view.details(job);
    return 0;
  }
}

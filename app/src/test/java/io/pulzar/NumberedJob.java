package io.pulzar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is launched while servers are killed: a script that takes its parameter {@code seconds}, and
 * says which job it was.
 */
public final class NumberedJob {

  /** Where it is launched. */
  public static final String LAUNCH = "/launch_job/a/numbered";

  private static final Pattern ID = Pattern.compile("\"job_id\":(\\d+)");

  private static final String SCRIPT =
      """
      import time
      from pulzarcore.core_jobs import CoreJobs


      class Numbered(CoreJobs):
          def __init__(self, params):
              super().__init__(params)

          def execute(self):
              '''
              Description: Says its number after a while
              '''
              time.sleep(self.pulzar_parameters.get('seconds', 0.02))
              self.pulzar_set_output('job %d' % self.pulzar_parameters['job_id'])
              return True
      """;

  private NumberedJob() {}

  /** Puts the script where {@link #LAUNCH} finds it. */
  public static void writeTo(Path jobs) throws IOException {
    Files.createDirectories(jobs.resolve("a"));
    Files.writeString(jobs.resolve("a/numbered.py"), SCRIPT);
  }

  /** The job that an answer acknowledges; empty: none. */
  public static OptionalLong acknowledged(String answer) {
    Matcher id = ID.matcher(answer);
    return id.find() ? OptionalLong.of(Long.parseLong(id.group(1))) : OptionalLong.empty();
  }

  /** Whether a job, as the server describes it, has ended. */
  public static boolean isOver(String job) {
    return !job.contains("\"status\":\"pending\"") && !job.contains("\"status\":\"running\"");
  }

  /** What the description of one that completed has. */
  public static String[] completed(long id) {
    return new String[] {"\"status\":\"completed\"", "\"output\":\"job %d\"".formatted(id)};
  }
}

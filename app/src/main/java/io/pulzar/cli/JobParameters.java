package io.pulzar.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** The script that is run, and what it is run with. */
final class JobParameters {

  @Parameters(
      index = "0",
      paramLabel = "SCRIPT",
      description = "its path below the jobs directory, as example/factorial")
  private String script = "";

  @Parameters(
      index = "1..*",
      paramLabel = "NAME=VALUE",
      description = "a parameter; a value that is JSON is taken as what it means")
  private List<String> words = new ArrayList<>();

  String script() {
    return script;
  }

  /** Where it is launched. */
  String route() {
    return "/launch_job/" + UrlText.path(script);
  }

  /** The parameters, by name. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new UsageException("a parameter is written name=value, got '" + word + "'");
      }
      values.put(word.substring(0, equals), JsonText.meaning(word.substring(equals + 1)));
    }
    return values;
  }

  /** The number that the server gave to what was launched. */
  static Object number(Map<?, ?> launched) {
    Object id = launched.get("job_id");
    if (id == null) {
      throw new RefusedException("the server did not tell the number");
    }
    return id;
  }
}

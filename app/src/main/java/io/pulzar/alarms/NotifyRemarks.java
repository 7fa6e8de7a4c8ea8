package io.pulzar.alarms;

import io.pulzar.jobs.ScriptRemarks;
import io.pulzar.roles.OnMaster;
import io.pulzar.scripts.NotifyLine;
import io.pulzar.scripts.ScriptDocumentation;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** Says on a script's page that its docstring names somebody whom nobody knows. */
@OnMaster
@Singleton
final class NotifyRemarks implements ScriptRemarks {

  private final AlarmStore store;

  NotifyRemarks(AlarmStore store) {
    this.store = store;
  }

  @Override
  public List<String> of(ScriptDocumentation script) {
    NotifyLine line = script.wishes().notifies();
    return Stream.concat(
            line.names().stream()
                .filter(name -> store.receiver(name).isEmpty())
                .map(
                    name ->
                        "the docstring says Notify: "
                            + name
                            + ", and there is no receiver of that name: nobody is told; an"
                            + " administrator can add it under Alarms"),
            line.wrong().stream()
                .map(
                    word ->
                        "the docstring says Notify: "
                            + word
                            + ", which is no name of a receiver (letters, digits, . _ -) or one"
                            + " too many: nobody is told"))
        .toList();
  }
}

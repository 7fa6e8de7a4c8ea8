package io.pulzar;

import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.RuntimeStatus;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.WallReport;
import java.util.List;

/** Stands where Python would be in a test that runs no script: it has no slot. */
final class UnavailablePython implements PythonRuntime {

  @Override
  public Run start(Call call, RunListener listener) throws RuntimeFullException {
    throw new RuntimeFullException(0);
  }

  @Override
  public void prepare(List<Script> scripts, Limits limits) {
    // It has no worker to load them.
  }

  @Override
  public RuntimeStatus status() {
    return new RuntimeStatus(
        false, true, 0, 0, 0, List.of(), WallReport.none("there are no workers"));
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}

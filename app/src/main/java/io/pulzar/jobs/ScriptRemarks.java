package io.pulzar.jobs;

import io.pulzar.scripts.ScriptDocumentation;
import java.util.List;

/**
 * What another feature says about a script to whoever looks at it: something is not as its author
 * thinks, but that is no reason not to run it.
 */
public interface ScriptRemarks {

  /** A sentence for each. */
  List<String> of(ScriptDocumentation script);
}

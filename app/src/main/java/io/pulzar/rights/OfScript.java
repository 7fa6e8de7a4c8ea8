package io.pulzar.rights;

/** A row of a list that belongs to a script: who may not see the script does not see the row. */
public interface OfScript {

  /** The script's path, for example {@code example/factorial}. */
  String jobPath();
}

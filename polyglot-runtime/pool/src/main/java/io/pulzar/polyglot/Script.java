package io.pulzar.polyglot;

import java.nio.file.Path;

/**
 * A Python file and the way it is entered.
 *
 * @param root the directory that holds the scripts of this kind; the script may read what is below
 *     it and nothing beside it
 * @param name the file below {@code root}, with {@code /} between directories and without {@code
 *     .py}: {@code example/factorial}
 * @param entry how the module is called
 */
public record Script(Path root, String name, Entry entry) {

  /** What is called in the module, and what its arguments are. */
  public enum Entry {
    /** A job in one of its forms, with the parameters object. */
    JOB,
    /** A class named after the file, constructed with (arguments, params, file path). */
    EXTENSION,
    /**
     * A function {@code execute(arguments)} or {@code execute(arguments, params)} of the module.
     */
    FUNCTION,
    /**
     * The module's class with a method {@code process(record)}, for each of an array of records.
     */
    PROCESS
  }

  /** The file itself. */
  public Path file() {
    return root.resolve(name + ".py");
  }
}

package io.pulzar.scripts;

import io.micronaut.serde.annotation.Serdeable;

/**
 * A script's file, as it was read.
 *
 * @param path below the jobs directory, without {@code .py}
 * @param hasClass whether it defines the class that its name asks for; without, its runs fail
 * @param docstring of {@code execute}; empty when there is none
 */
@Serdeable
record KnownScript(String path, boolean hasClass, String docstring) {

  ScriptDocumentation documentation() {
    return docstring.isEmpty() ? ScriptDocumentation.NONE : ScriptDocumentation.parse(docstring);
  }
}

package io.pulzar.doctor;

import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeSet;

/** The languages in which text in images can be recognized. */
final class Languages {

  private static final String ENDING = ".traineddata";

  private Languages() {}

  /** English comes with the product; others are files in a folder, which need not exist. */
  static Finding in(Path folder) {
    TreeSet<String> languages = new TreeSet<>();
    languages.add("eng");
    String[] files = folder.toFile().list((directory, name) -> name.endsWith(ENDING));
    for (String file : Objects.requireNonNullElse(files, new String[0])) {
      languages.add(file.substring(0, file.length() - ENDING.length()));
    }
    return Finding.good(
        "text in images", String.join(", ", languages) + " (more: put files into " + folder + ")");
  }
}

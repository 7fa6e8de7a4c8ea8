package io.pulzar.polyglot.host.ocr;

import io.pulzar.polyglot.HostCallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The languages that can be recognized: {@code NAME.traineddata} files in the folder that ships and
 * in a folder of the user's, which is read again each time.
 */
public final class TrainedLanguages {

  private static final String SUFFIX = ".traineddata";

  /** A name can not leave its folder. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}(/[A-Za-z0-9_-]{1,40})?");

  private static final int MOST_AT_ONCE = 8;

  private final List<Path> folders;

  /**
   * @param folders where to look, the first that has a language wins; missing folders are empty
   */
  public TrainedLanguages(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** The names of all that can be asked for. */
  public List<String> available() {
    TreeSet<String> names = new TreeSet<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(SUFFIX))
              .forEach(name -> names.add(name.substring(0, name.length() - SUFFIX.length())));
        } catch (IOException unreadable) {
          throw new UncheckedIOException(unreadable);
        }
      }
    }
    return List.copyOf(names);
  }

  /**
   * The folder to open Tesseract with.
   *
   * @param wanted names joined with {@code +}, as Tesseract takes them
   * @throws HostCallException a TesseractError when one is missing: nothing else is taken instead
   */
  Path folderOf(String wanted) throws HostCallException {
    List<String> names = List.of(wanted.split("\\+", -1));
    if (names.size() > MOST_AT_ONCE) {
      throw OcrService.error(
          "up to %d languages can be recognized at once".formatted(MOST_AT_ONCE));
    }
    List<Path> found = new ArrayList<>();
    for (String name : names) {
      found.add(folderOfOne(name));
    }
    if (found.stream().distinct().count() > 1) {
      throw OcrService.error(
          "the languages %s lie in different folders: put all of their %s files into the configured one"
              .formatted(wanted, SUFFIX));
    }
    return found.getFirst();
  }

  private Path folderOfOne(String name) throws HostCallException {
    if (NAME.matcher(name).matches()) {
      for (Path folder : folders) {
        if (Files.isRegularFile(folder.resolve(name + SUFFIX))) {
          return folder;
        }
      }
    }
    throw OcrService.error(
        "the language '%s' is not installed; there are: %s. Others come with NAME%s in the folder that pulzar.images.languages names"
            .formatted(name, String.join(", ", available()), SUFFIX));
  }
}

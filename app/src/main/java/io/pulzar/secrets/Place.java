package io.pulzar.secrets;

import io.pulzar.http.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret or variable is.
 *
 * @param folder of scripts, {@code finance/reports}; empty: for all scripts
 */
record Place(String folder, String name) {

  /** What a name may be, in docstrings too. */
  static final Pattern NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");

  private static final Pattern SEGMENT = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]+");
  private static final int DEEPEST = 15;
  private static final int LONGEST_FOLDER_BYTES = 255;

  /**
   * Reads what a request says.
   *
   * @throws ApiException 400 that says what is wrong with it
   */
  static Place parse(@Nullable String folder, String name, int longestName) {
    if (name.length() > longestName || !NAME.matcher(name).matches()) {
      throw ApiException.badRequest(
          "bad_name",
          "a name has 1 to "
              + longestName
              + " characters of A-Z, 0-9 and _, and does not begin with a digit");
    }
    return new Place(folder(folder), name);
  }

  /** The same for a folder alone. */
  static String folder(@Nullable String folder) {
    if (folder == null || folder.isEmpty()) {
      return "";
    }
    List<String> segments = List.of(folder.split("/", -1));
    if (segments.size() > DEEPEST
        || folder.getBytes(StandardCharsets.UTF_8).length > LONGEST_FOLDER_BYTES
        || !segments.stream().allMatch(segment -> SEGMENT.matcher(segment).matches())) {
      throw ApiException.badRequest(
          "bad_folder",
          "a folder of scripts is named like finance/reports: letters, digits, _ and - between"
              + " slashes, at most "
              + LONGEST_FOLDER_BYTES
              + " bytes");
    }
    return folder;
  }

  /** The folder that a script is in. */
  static String folderOf(String script) {
    return script.substring(0, Math.max(0, script.lastIndexOf('/')));
  }

  /** A folder and those around it, the nearest first and that for all scripts last. */
  static List<String> around(String folder) {
    List<String> folders = new ArrayList<>();
    String at = folder;
    while (!at.isEmpty()) {
      folders.add(at);
      at = folderOf(at);
    }
    folders.add("");
    return folders;
  }

  /** As the table knows it. */
  String key() {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /** What {@link #key} wrote. */
  static Place ofKey(String key) {
    return new Place(folderOf(key), key.substring(key.lastIndexOf('/') + 1));
  }

  /** For sentences: {@code DB_PASSWORD of the folder finance}. */
  @Override
  public String toString() {
    return folder.isEmpty()
        ? name + ", which is for all scripts"
        : name + " of the folder " + folder;
  }
}

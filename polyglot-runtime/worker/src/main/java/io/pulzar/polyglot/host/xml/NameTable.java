package io.pulzar.polyglot.host.xml;

/** The names of a document, each as one String, found by its characters. */
final class NameTable {

  private String[] names = new String[64];
  private int count;

  /**
   * The name that stands there.
   *
   * @param hash as {@link String#hashCode} would have it
   */
  String get(char[] letters, int begin, int end, int hash) {
    int place = hash & (names.length - 1);
    String found = names[place];
    while (found != null) {
      if (found.hashCode() == hash && isAt(found, letters, begin, end)) {
        return found;
      }
      place = (place + 1) & (names.length - 1);
      found = names[place];
    }
    String made = new String(letters, begin, end - begin);
    names[place] = made;
    count++;
    if (count * 2 > names.length) {
      grow();
    }
    return made;
  }

  private static boolean isAt(String name, char[] letters, int begin, int end) {
    if (name.length() != end - begin) {
      return false;
    }
    for (int i = begin; i < end; i++) {
      if (name.charAt(i - begin) != letters[i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    String[] before = names;
    names = new String[before.length * 2];
    for (String name : before) {
      if (name != null) {
        int place = name.hashCode() & (names.length - 1);
        while (names[place] != null) {
          place = (place + 1) & (names.length - 1);
        }
        names[place] = name;
      }
    }
  }
}

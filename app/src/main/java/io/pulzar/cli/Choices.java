package io.pulzar.cli;

import java.util.Iterator;
import java.util.List;

/** The words that an option takes, for completion; the server has the last say. */
public abstract class Choices implements Iterable<String> {

  private final List<String> words;

  protected Choices(String... words) {
    this.words = List.of(words);
  }

  @Override
  public final Iterator<String> iterator() {
    return words.iterator();
  }
}

package io.pulzar.keys;

/**
 * Is told of every point of a write or a removal at which a crash leaves something else behind than
 * at the point before. For tests that let a process die there.
 */
@FunctionalInterface
public interface WriteSteps {

  /** Goes on. */
  WriteSteps NONE = step -> {};

  void reached(Step step);

  /** In the order in which a write and then a removal pass them. */
  enum Step {
    /** Node: all bytes of a file are written and not synced. */
    DRAFTED,
    /** Node: the file is synced and has no name yet. */
    SYNCED,
    /** Node: the file has its name and no row. */
    NAMED,
    /** Node: the row is committed, and hidden. */
    KEPT,
    /** Master: the question to record it arrived. */
    ASKED,
    /** Master: the key is committed. */
    RECORDED,
    /** Node: the answer arrived. */
    ANSWERED,
    /** Node: the value is shown, and the replaced one hidden. */
    SHOWN,
    /** Master: the key is gone, its node does not know. */
    UNLISTED,
    /** Node: the row is gone, its file is there. */
    DROPPED
  }
}

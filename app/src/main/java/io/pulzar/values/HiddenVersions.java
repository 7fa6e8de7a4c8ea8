package io.pulzar.values;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The versions that are in the table but are not to be seen. Few at any time: those being written
 * and those whose removal is not committed yet.
 */
final class HiddenVersions {

  /** Why a version is hidden. */
  enum Reason {
    /** The master has not recorded it yet. */
    UNCONFIRMED,

    /** Whether the master has recorded it is not known; its key can't be read until it is. */
    UNSETTLED,

    /** Its writer was told that it failed; the master has yet to be told. */
    WITHDRAWN,

    /** It is being removed. */
    DROPPED
  }

  private final ConcurrentMap<Long, Reason> hidden = new ConcurrentHashMap<>();
  private final AtomicLong forgotten = new AtomicLong();

  void hide(long id, Reason reason) {
    hidden.put(id, reason);
  }

  /** Shows a version, unless it has been dropped in the meantime. */
  void show(long id) {
    hidden.computeIfPresent(id, (same, reason) -> reason == Reason.DROPPED ? reason : null);
  }

  /** Hides a version for another reason, if this is still the one. */
  void change(long id, Reason from, Reason to) {
    hidden.replace(id, from, to);
  }

  /** The version is not in the table any more. */
  void forget(long id) {
    if (hidden.remove(id) != null) {
      forgotten.incrementAndGet();
    }
  }

  /** Changes whenever a version is forgotten. */
  long forgotten() {
    return forgotten.get();
  }

  boolean isVisible(long id) {
    return hidden.isEmpty() || !hidden.containsKey(id);
  }

  boolean isHidden(long id, Reason reason) {
    return !hidden.isEmpty() && hidden.get(id) == reason;
  }

  boolean isEmpty() {
    return hidden.isEmpty();
  }
}

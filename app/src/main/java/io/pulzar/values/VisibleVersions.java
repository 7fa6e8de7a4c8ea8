package io.pulzar.values;

import static io.pulzar.values.ValueTables.VALUES;

import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.StoredName;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.values.HiddenVersions.Reason;
import io.pulzar.values.ValueTables.VersionName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Picks the version of a key that is its value: the newest that is not hidden. */
final class VisibleVersions {

  private static final long NONE = -1;

  private final Database database;
  private final HiddenVersions hiding;
  private final InstantSource clock;

  VisibleVersions(Database database, HiddenVersions hiding, InstantSource clock) {
    this.database = database;
    this.hiding = hiding;
    this.clock = clock;
  }

  /**
   * The value of a key as everybody sees it.
   *
   * @throws ApiException 503 {@code value_unsettled} while a crash's traces are being cleared up
   */
  Optional<StoredValue> find(Key key) {
    String name = StoredName.of(key);
    long dropped = NONE;
    while (true) {
      long forgotten = hiding.forgotten();
      Newest newest = look(name);
      // What was dropped while we looked may have a successor that was not there when we began.
      boolean mayHaveSuccessor = newest.found.isEmpty() && newest.dropped != dropped;
      // A version whose removal was committed and forgotten while we looked would seem visible.
      boolean mayBeGone = !newest.found.isEmpty() && hiding.forgotten() != forgotten;
      if (!mayHaveSuccessor && !mayBeGone) {
        return newest.value();
      }
      dropped = newest.dropped;
    }
  }

  /** The newest version that is not being removed and that {@code wanted} accepts. */
  Optional<StoredValue> any(Key key, Predicate<StoredValue> wanted) {
    String name = StoredName.of(key);
    List<StoredValue> found = new ArrayList<>(1);
    boolean _ =
        database.read(
            transaction -> {
              transaction.scan(
                  VALUES,
                  Range.downFrom(new VersionName(name, Long.MAX_VALUE)),
                  (version, value) -> {
                    if (!version.name().equals(name)) {
                      return false;
                    }
                    boolean fits =
                        !hiding.isHidden(version.id(), Reason.DROPPED) && wanted.test(value);
                    if (fits) {
                      found.add(value);
                    }
                    return !fits;
                  });
              return true;
            });
    return found.stream().findFirst().filter(value -> !value.expiredAt(clock.instant()));
  }

  private Newest look(String name) {
    return database.read(
        transaction -> {
          Newest newest = new Newest(name);
          transaction.scan(
              VALUES, Range.downFrom(new VersionName(name, Long.MAX_VALUE)), newest::visit);
          return newest;
        });
  }

  private final class Newest {

    private final String name;
    private final List<StoredValue> found = new ArrayList<>(1);
    private boolean unsettled;

    /** The id of the newest one that is being removed. */
    private long dropped = NONE;

    Newest(String name) {
      this.name = name;
    }

    boolean visit(VersionName version, StoredValue value) {
      if (!version.name().equals(name)) {
        return false;
      }
      if (hiding.isVisible(version.id())) {
        found.add(value);
        return false;
      }
      unsettled |= hiding.isHidden(version.id(), Reason.UNSETTLED);
      if (dropped == NONE && hiding.isHidden(version.id(), Reason.DROPPED)) {
        dropped = version.id();
      }
      return true;
    }

    Optional<StoredValue> value() {
      if (unsettled) {
        throw ApiException.unavailable(
            "value_unsettled",
            "The value was being written when the node stopped, and the master has not yet said"
                + " whether it counts; try again shortly",
            Duration.ofSeconds(1));
      }
      return found.stream().filter(value -> !value.expiredAt(clock.instant())).findFirst();
    }
  }
}

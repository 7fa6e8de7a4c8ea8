package io.pulzar.values;

import io.pulzar.keys.KeyOperations.Held;
import io.pulzar.keys.KeyOperations.Inspected;
import io.pulzar.keys.ValueVersion;
import io.pulzar.keys.WriteCondition;
import io.pulzar.values.StoredValue.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads everything that a node holds, and looks for files that it should not hold. */
final class ValueConsistencyCheck {

  private static final int MOST_VALUES = 500;

  /** Bytes that are read for one page, not counting the last value. */
  private static final long MOST_BYTES = 64L << 20;

  private final ValueStore store;
  private final MasterIndex master;
  private final OrphanFiles orphans;

  ValueConsistencyCheck(ValueStore store, MasterIndex master, OrphanFiles orphans) {
    this.orphans = orphans;
    this.store = store;
    this.master = master;
  }

  /** Values that can be read here, in the order of their names; each is read to its end. */
  Inspected page(@Nullable ValueVersion after) {
    List<StoredValue> page = store.page(Optional.ofNullable(after), MOST_VALUES);
    List<Held> held = new ArrayList<>();
    long bytes = 0;
    for (StoredValue value : page) {
      if (bytes >= MOST_BYTES) {
        break;
      }
      after = new ValueVersion(value.key(), value.id());
      if (store.isVisible(value.id())) {
        held.add(
            new Held(master.registration(value, WriteCondition.NONE), damage(value).orElse(null)));
        bytes += value.size();
      }
    }
    return new Inspected(held, page.isEmpty() ? null : after);
  }

  /** How many files no value refers to, among those from before this start. */
  int sweep(boolean remove) {
    try {
      return remove ? orphans.settle() : orphans.find().size();
    } catch (IOException e) {
      throw new UncheckedIOException("the files of values can't be listed", e);
    }
  }

  private Optional<String> damage(StoredValue value) {
    Optional<String> damage = look(value);
    // It may have been deleted while it was read.
    return damage.filter(what -> store.holds(value));
  }

  private Optional<String> look(StoredValue value) {
    return switch (value.content()) {
      case Content.Inline inline ->
          inline.bytes().length == value.size()
                  && BlockChecksums.of(inline.bytes()) == value.checksum()
              ? Optional.empty()
              : Optional.of("its bytes have another checksum");
      case Content.InFile file -> {
        try (VerifiedFile bytes = VerifiedFile.open(store.files(), value, file, 0, value.size())) {
          bytes.checkRest();
          yield Optional.empty();
        } catch (IOException e) {
          yield Optional.of(String.valueOf(e.getMessage()));
        }
      }
    };
  }
}

package io.pulzar.cluster;

import io.pulzar.cluster.MembershipRecord.MembershipState;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Range;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The notes on the master's disk. */
final class StoredMembershipRecords implements MembershipRecords {

  static final Table<String, MembershipRecord> NODES =
      new Table<>(
              "nodes",
              KeyForm.text(),
              ValueForm.fields(
                  (note, out) ->
                      out.text(note.name())
                          .text(note.id())
                          .text(note.url())
                          .moment(note.noted())
                          .number(note.standing().number()),
                  in ->
                      new MembershipRecord(
                          in.text(),
                          in.text(),
                          in.text(),
                          in.moment(),
                          MembershipState.numbered(in.number()))))
          .withChecksums();

  private final Database database;

  StoredMembershipRecords(Database database) {
    this.database = database;
  }

  @Override
  public List<MembershipRecord> all() {
    return database.read(
        state ->
            state.page(NODES, Range.all(), Integer.MAX_VALUE).stream().map(Entry::value).toList());
  }

  @Override
  public CompletionStage<Boolean> keep(MembershipRecord note) {
    return database.write(
        change -> {
          change.put(NODES, note.name(), note);
          return true;
        });
  }
}

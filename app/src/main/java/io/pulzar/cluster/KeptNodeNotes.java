package io.pulzar.cluster;

import io.pulzar.cluster.NodeNote.Standing;
import io.pulzar.lmdb.Database;
import io.pulzar.lmdb.Entry;
import io.pulzar.lmdb.KeyForm;
import io.pulzar.lmdb.Range;
import io.pulzar.lmdb.Table;
import io.pulzar.lmdb.ValueForm;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The notes on the master's disk. */
final class KeptNodeNotes implements NodeNotes {

  static final Table<String, NodeNote> NODES =
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
                  new NodeNote(
                      in.text(),
                      in.text(),
                      in.text(),
                      in.moment(),
                      Standing.numbered(in.number()))));

  private final Database database;

  KeptNodeNotes(Database database) {
    this.database = database;
  }

  @Override
  public List<NodeNote> all() {
    return database.read(
        state ->
            state.page(NODES, Range.all(), Integer.MAX_VALUE).stream().map(Entry::value).toList());
  }

  @Override
  public CompletionStage<Boolean> keep(NodeNote note) {
    return database.write(
        change -> {
          change.put(NODES, note.name(), note);
          return true;
        });
  }
}

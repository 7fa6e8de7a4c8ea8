package io.pulzar.storage.postgres;

import io.pulzar.storage.engine.GroupCommit;
import io.pulzar.storage.engine.RecordForms;
import io.pulzar.storage.engine.UndoableTransaction;
import java.util.function.Consumer;

/** The transactions of a database's writer, and what it remembers between them. */
final class Writes implements GroupCommit, AutoCloseable {

  private final WriterSession session;
  private final SqlTables tables;
  private final RecordForms forms;
  private final RecordCache cache;
  private final EntryCounts counts;

  Writes(
      WriterSession session,
      SqlTables tables,
      RecordForms forms,
      RecordCache cache,
      EntryCounts counts) {
    this.session = session;
    this.tables = tables;
    this.forms = forms;
    this.cache = cache;
    this.counts = counts;
  }

  @Override
  public void write(Consumer<UndoableTransaction> work) {
    writeOpen(work::accept);
  }

  /** The same for the engine's own work. */
  void writeOpen(Consumer<OpenWrites> work) {
    OpenWrites open = new OpenWrites(session, tables, forms, cache, counts);
    boolean committed = false;
    try {
      work.accept(open);
      open.failIfBroken();
      session.commit(open.changes(), counts);
      committed = true;
    } finally {
      if (committed) {
        cache.apply(open.changes());
      } else {
        cache.clear();
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}

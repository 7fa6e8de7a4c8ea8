package io.pulzar.access;

import static io.pulzar.access.AccessTables.SUBJECTS;

import io.pulzar.rights.Grant;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The grants of folders and groups, on the master's disk. */
final class GrantStore {

  private final Database database;
  private final Clock clock;

  GrantStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  List<SubjectGrants> all() {
    return database.read(GrantStore::all);
  }

  private static List<SubjectGrants> all(ReadTransaction state) {
    return state.page(SUBJECTS, Range.all(), Integer.MAX_VALUE).stream().map(Entry::value).toList();
  }

  /** What the scripts of this one's folders may do, all taken together; empty: nobody said. */
  Optional<List<Grant>> ofScript(String script) {
    List<SubjectGrants> folders =
        all().stream().filter(held -> held.subject().isFolderOf(script)).toList();
    return folders.isEmpty() ? Optional.empty() : Optional.of(together(folders));
  }

  /** What somebody may do who is in these groups. */
  List<Grant> ofGroups(List<String> groups) {
    return database.read(state -> ofGroups(state, groups));
  }

  static List<Grant> ofGroups(ReadTransaction state, List<String> groups) {
    return together(
        all(state).stream()
            .filter(held -> held.subject().kind() == Subject.Kind.GROUP)
            .filter(held -> groups.contains(held.subject().name()))
            .toList());
  }

  private static List<Grant> together(List<SubjectGrants> held) {
    return held.stream().flatMap(one -> one.grants().stream()).distinct().toList();
  }

  /** Says what a subject may do, in place of what was said before. */
  CompletionStage<SubjectGrants> put(Subject subject, List<Grant> grants) {
    SubjectGrants held = new SubjectGrants(subject, grants, clock.instant());
    return database.write(
        change -> {
          change.put(SUBJECTS, subject.toString(), held);
          return held;
        });
  }

  /** Whether anything had been said. */
  CompletionStage<Boolean> remove(Subject subject) {
    return database.write(change -> change.delete(SUBJECTS, subject.toString()));
  }
}

package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.host.sql.SqliteCallbacks.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/** A script's classes for use in SQL: aggregates, and those that windows move over. */
final class SqliteGroups {

  private SqliteGroups() {}

  /**
   * What the rows of one group are told to: an instance of the script's class. The driver clones
   * the function for each group, so a clone makes its own.
   */
  private static final class Group {

    private final SqliteDatabase database;
    private final @Nullable Value instance;
    private @Nullable Answer failed;

    Group(SqliteDatabase database, Value python) {
      this.database = database;
      Value made = null;
      try {
        made = python.execute();
      } catch (RuntimeException | Error e) {
        failed = SqliteCallbacks.thrown(database, e);
      }
      this.instance = made;
    }

    Answer call(String method, List<@Nullable Object> arguments) {
      Answer whyNot = failed;
      return whyNot != null || instance == null
          ? Objects.requireNonNullElse(whyNot, new Answer(null, true, null))
          : SqliteCallbacks.called(database, instance, method, arguments);
    }
  }

  static final class Aggregate extends Function.Aggregate {

    private final SqliteDatabase database;
    private final Value python;
    private @Nullable Group group;

    Aggregate(SqliteDatabase database, Value python) {
      this.database = database;
      this.python = python;
    }

    @Override
    protected void xStep() throws SQLException {
      Answer answer = group().call("step", SqliteCallbacks.arguments(database, this, args()));
      String failure = answer.failure(raisedIn("step"));
      if (failure != null) {
        error(failure);
      }
    }

    @Override
    protected void xFinal() throws SQLException {
      Group told = group;
      if (told == null) {
        result();
      } else {
        finish(told.call("finalize", List.of()), "finalize");
      }
    }

    private Group group() {
      Group told = group;
      if (told == null) {
        told = new Group(database, python);
        group = told;
      }
      return told;
    }

    private void finish(Answer answer, String method) throws SQLException {
      String failure = answer.failure(raisedIn(method));
      if (failure != null) {
        error(failure);
        return;
      }
      switch (answer.value()) {
        case null -> result();
        case Long number -> result(number);
        case Boolean flag -> result(flag ? 1 : 0);
        case Double number -> result(number);
        case byte[] bytes -> result(bytes);
        case Object text -> result(text.toString());
      }
    }
  }

  static final class Window extends Function.Window {

    private final SqliteDatabase database;
    private final Value python;
    private @Nullable Group group;

    Window(SqliteDatabase database, Value python) {
      this.database = database;
      this.python = python;
    }

    @Override
    protected void xStep() throws SQLException {
      tell("step");
    }

    @Override
    protected void xInverse() throws SQLException {
      tell("inverse");
    }

    private void tell(String method) throws SQLException {
      Answer answer = group().call(method, SqliteCallbacks.arguments(database, this, args()));
      String failure = answer.failure(raisedIn(method));
      if (failure != null) {
        error(failure);
      }
    }

    @Override
    protected void xValue() throws SQLException {
      ask("value");
    }

    @Override
    protected void xFinal() throws SQLException {
      ask("finalize");
    }

    private void ask(String method) throws SQLException {
      Group told = group;
      if (told == null) {
        result();
      } else {
        finish(told.call(method, List.of()), method);
      }
    }

    private Group group() {
      Group told = group;
      if (told == null) {
        told = new Group(database, python);
        group = told;
      }
      return told;
    }

    private void finish(Answer answer, String method) throws SQLException {
      String failure = answer.failure(raisedIn(method));
      if (failure != null) {
        error(failure);
        return;
      }
      switch (answer.value()) {
        case null -> result();
        case Long number -> result(number);
        case Boolean flag -> result(flag ? 1 : 0);
        case Double number -> result(number);
        case byte[] bytes -> result(bytes);
        case Object text -> result(text.toString());
      }
    }
  }

  private static String raisedIn(String method) {
    return "user-defined aggregate's '" + method + "' method raised error";
  }
}

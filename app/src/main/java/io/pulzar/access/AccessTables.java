package io.pulzar.access;

import io.pulzar.rights.Grant;
import io.pulzar.storage.FieldReader;
import io.pulzar.storage.FieldWriter;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is kept about people and programs. */
final class AccessTables {

  /** By name. */
  static final Table<String, User> USERS =
      new Table<>(
          "users",
          KeyForm.text(),
          ValueForm.fields(
              (user, out) -> {
                out.text(user.name()).text(user.passwordHash());
                grants(user.grants(), out).moment(user.created());
              },
              in -> new User(in.text(), in.text(), grants(in), in.moment())));

  /** By the hash of their text. */
  static final Table<String, Token> TOKENS =
      new Table<>(
          "tokens",
          KeyForm.text(),
          ValueForm.fields(
              (token, out) -> {
                out.text(token.name()).text(token.hash());
                grants(token.grants(), out).moment(token.created()).optionalMoment(token.expires());
              },
              in -> new Token(in.text(), in.text(), grants(in), in.moment(), in.optionalMoment())));

  /** When a token was used last, to a minute, by its hash. */
  static final Table<String, Instant> TOKEN_USES =
      new Table<>(
          "token uses",
          KeyForm.text(),
          ValueForm.fields((moment, out) -> out.moment(moment), FieldReader::moment));

  /** By the hash of their identifier. */
  static final Table<String, Session> SESSIONS =
      new Table<>(
          "sessions",
          KeyForm.text(),
          ValueForm.fields(
              (session, out) -> {
                out.text(session.hash()).text(session.user()).flag(session.link());
                grants(session.grants(), out)
                    .text(session.csrf())
                    .moment(session.created())
                    .moment(session.seen());
              },
              in ->
                  new Session(
                      in.text(),
                      in.text(),
                      in.flag(),
                      grants(in),
                      in.text(),
                      in.moment(),
                      in.moment())));

  /** By their number. */
  static final Table<Long, AuditEntry> AUDIT =
      new Table<>(
          "audit",
          KeyForm.number(),
          ValueForm.fields(
              (entry, out) ->
                  out.moment(entry.time())
                      .text(entry.who())
                      .text(entry.from())
                      .text(entry.what())
                      .number(entry.status()),
              in ->
                  new AuditEntry(in.moment(), in.text(), in.text(), in.text(), (int) in.number())));

  static final List<Table<?, ?>> ALL = List.of(USERS, TOKENS, TOKEN_USES, SESSIONS, AUDIT);

  private AccessTables() {}

  private static FieldWriter grants(List<Grant> grants, FieldWriter out) {
    out.number(grants.size());
    grants.forEach(grant -> out.text(grant.toString()));
    return out;
  }

  private static List<Grant> grants(FieldReader in) {
    long size = in.number();
    List<Grant> grants = new ArrayList<>();
    for (long at = 0; at < size; at++) {
      grants.add(Grant.parse(in.text()));
    }
    return List.copyOf(grants);
  }
}

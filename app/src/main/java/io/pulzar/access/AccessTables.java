package io.pulzar.access;

import io.pulzar.access.Session.Way;
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
                out.text(session.hash()).text(session.user()).flag(session.way() == Way.LINK);
                grants(session.grants(), out)
                    .text(session.csrf())
                    .moment(session.created())
                    .moment(session.seen())
                    .flag(session.way() == Way.PROVIDER)
                    .number(session.groups().size());
                session.groups().forEach(out::text);
              },
              AccessTables::session));

  /** By the text of the subject. */
  static final Table<String, SubjectGrants> SUBJECTS =
      new Table<>(
          "subjects",
          KeyForm.text(),
          ValueForm.fields(
              (held, out) -> {
                out.text(held.subject().toString());
                grants(held.grants(), out).moment(held.changed());
              },
              in -> new SubjectGrants(Subject.parse(in.text()), grants(in), in.moment())));

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

  static final List<Table<?, ?>> ALL =
      List.of(USERS, TOKENS, TOKEN_USES, SESSIONS, SUBJECTS, AUDIT);

  private AccessTables() {}

  /** Those of earlier versions end before the provider. */
  private static Session session(FieldReader in) {
    String hash = in.text();
    String user = in.text();
    boolean link = in.flag();
    List<Grant> grants = grants(in);
    String csrf = in.text();
    Instant created = in.moment();
    Instant seen = in.moment();
    boolean provider = in.hasMore() && in.flag();
    List<String> groups = new ArrayList<>();
    for (long left = in.hasMore() ? in.number() : 0; left > 0; left--) {
      groups.add(in.text());
    }
    Way way = provider ? Way.PROVIDER : link ? Way.LINK : Way.PASSWORD;
    return new Session(hash, user, way, grants, List.copyOf(groups), csrf, created, seen);
  }

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

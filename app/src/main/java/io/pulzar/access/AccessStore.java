package io.pulzar.access;

import static io.pulzar.access.AccessTables.SESSIONS;
import static io.pulzar.access.AccessTables.TOKENS;
import static io.pulzar.access.AccessTables.TOKEN_USES;
import static io.pulzar.access.AccessTables.USERS;

import io.pulzar.rights.Grant;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.Table;
import io.pulzar.storage.WriteTransaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Users, tokens and sessions on the master's disk. What a stage returns is on the disk when it
 * completes, and holds for the next request.
 */
final class AccessStore {

  private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final AccessSettings settings;
  private final Clock clock;

  AccessStore(Database database, AccessSettings settings, Clock clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /** A token together with its text, which is shown now and never again. */
  record NewToken(Token token, String text) {}

  /** A session together with the cookie's value. */
  record NewSession(Session session, String cookie) {}

  /** Whose credential it is; empty when it is unknown, revoked or has ended. */
  Optional<Identity> identify(Credential credential) {
    Instant now = clock.instant();
    return switch (credential) {
      case Credential.OfToken(String hash) -> database.read(state -> ofToken(state, hash, now));
      case Credential.OfSession(String hash) -> database.read(state -> ofSession(state, hash, now));
    };
  }

  private Optional<Identity> ofToken(ReadTransaction state, String hash, Instant now) {
    Optional<Token> token = state.get(TOKENS, hash).filter(found -> !found.expiredAt(now));
    if (token.isPresent()
        && state
            .get(TOKEN_USES, hash)
            .filter(last -> Duration.between(last, now).compareTo(USE_NOTED_EVERY) < 0)
            .isEmpty()) {
      database.write(change -> note(change, hash, now));
    }
    return token.map(found -> new Identity(found.name(), found.grants(), Optional.empty()));
  }

  private static boolean note(WriteTransaction change, String hash, Instant now) {
    boolean known = change.contains(TOKENS, hash);
    if (known) {
      change.put(TOKEN_USES, hash, now);
    }
    return known;
  }

  private Optional<Identity> ofSession(ReadTransaction state, String hash, Instant now) {
    Optional<Session> found =
        state.get(SESSIONS, hash).filter(session -> !session.endedAt(now, settings));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Session session = found.get();
    if (session.isStale(now)) {
      database.write(
          change -> {
            change.get(SESSIONS, hash).ifPresent(s -> change.put(SESSIONS, hash, s.seenAt(now)));
            return true;
          });
    }
    Optional<List<Grant>> grants =
        switch (session.way()) {
          case LINK -> Optional.of(session.grants());
          case PASSWORD -> state.get(USERS, session.user()).map(User::grants);
          case PROVIDER -> Optional.of(GrantStore.ofGroups(state, session.groups()));
        };
    return grants.map(held -> new Identity(session.user(), held, Optional.of(session.csrf())));
  }

  Optional<User> user(String name) {
    return database.read(state -> state.get(USERS, name));
  }

  List<User> users() {
    return database.read(state -> all(state, USERS));
  }

  /** Makes or replaces a user; sessions that they have go on with the rights of now. */
  CompletionStage<User> put(User user) {
    return database.write(
        change -> {
          change.put(USERS, user.name(), user);
          return user;
        });
  }

  /**
   * A new password ends every session of the user.
   *
   * @return whether there is such a user
   */
  CompletionStage<Boolean> changePassword(String name, String hash) {
    return database.write(
        change -> {
          Optional<User> user = change.get(USERS, name);
          user.ifPresent(
              old -> {
                change.put(USERS, name, new User(name, hash, old.grants(), old.created()));
                endSessions(change, session -> isOf(session, name));
              });
          return user.isPresent();
        });
  }

  /** Removes a user and ends their sessions; false: there was none. */
  CompletionStage<Boolean> removeUser(String name) {
    return database.write(
        change -> {
          endSessions(change, session -> isOf(session, name));
          return change.delete(USERS, name);
        });
  }

  List<Token> tokens() {
    return database.read(state -> all(state, TOKENS));
  }

  Optional<Instant> lastUse(Token token) {
    return database.read(state -> state.get(TOKEN_USES, token.hash()));
  }

  /** Makes a token; empty when there is one of the name. */
  CompletionStage<Optional<NewToken>> createToken(
      String name, List<Grant> grants, Optional<Instant> expires) {
    String text = Token.PREFIX + SecretText.random();
    Token token = new Token(name, SecretText.hash(text), grants, clock.instant(), expires);
    return database.write(
        change -> {
          if (all(change, TOKENS).stream().anyMatch(known -> known.name().equals(name))) {
            return Optional.empty();
          }
          change.put(TOKENS, token.hash(), token);
          return Optional.of(new NewToken(token, text));
        });
  }

  /** Ends a token; false: there was none of the name. */
  CompletionStage<Boolean> revokeToken(String name) {
    return database.write(
        change -> {
          List<Token> named =
              all(change, TOKENS).stream().filter(token -> token.name().equals(name)).toList();
          named.forEach(
              token -> {
                change.delete(TOKENS, token.hash());
                change.delete(TOKEN_USES, token.hash());
              });
          return !named.isEmpty();
        });
  }

  /**
   * Signs somebody in; each session has an identifier of its own, so none can be planted.
   *
   * @param grants of a link
   * @param groups that a provider named
   */
  CompletionStage<NewSession> createSession(
      String user, Session.Way way, List<Grant> grants, List<String> groups) {
    String cookie = SecretText.random();
    Instant now = clock.instant();
    Session session =
        new Session(
            SecretText.hash(cookie), user, way, grants, groups, SecretText.random(), now, now);
    return database.write(
        change -> {
          endSessions(change, known -> known.endedAt(now, settings));
          change.put(SESSIONS, session.hash(), session);
          return new NewSession(session, cookie);
        });
  }

  /** Those that have not ended. */
  List<Session> sessions() {
    Instant now = clock.instant();
    return database.read(state -> all(state, SESSIONS)).stream()
        .filter(session -> !session.endedAt(now, settings))
        .toList();
  }

  CompletionStage<Boolean> endSession(String hash) {
    return database.write(change -> change.delete(SESSIONS, hash));
  }

  /** Whether anybody could administer the server. */
  boolean hasAdministrator() {
    Instant now = clock.instant();
    return users().stream().anyMatch(user -> administers(user.grants()))
        || tokens().stream()
            .anyMatch(token -> administers(token.grants()) && !token.expiredAt(now));
  }

  private static boolean administers(List<Grant> grants) {
    return new Identity("", grants, Optional.empty()).mayEverywhere(Right.ADMINISTER);
  }

  /** Somebody of a provider may have the same name. */
  private static boolean isOf(Session session, String user) {
    return session.way() == Session.Way.PASSWORD && session.user().equals(user);
  }

  private static void endSessions(WriteTransaction change, Predicate<Session> ends) {
    all(change, SESSIONS).stream()
        .filter(ends)
        .forEach(session -> change.delete(SESSIONS, session.hash()));
  }

  private static <V> List<V> all(ReadTransaction state, Table<String, V> table) {
    return state.page(table, Range.all(), Integer.MAX_VALUE).stream().map(Entry::value).toList();
  }
}

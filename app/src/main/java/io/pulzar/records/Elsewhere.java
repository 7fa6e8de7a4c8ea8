package io.pulzar.records;

import io.micronaut.json.JsonMapper;
import io.pulzar.http.ApiException;
import io.pulzar.records.PeerClient.Answered;
import io.pulzar.records.PeerClient.PeerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Looks at the servers of the list for texts that are not here. */
final class Elsewhere {

  private static final Duration SOON = Duration.ofSeconds(2);

  private final ServersList list;
  private final PeerClient client;
  private final JsonMapper json;
  private final Executor threads;

  Elsewhere(ServersList list, PeerClient client, JsonMapper json, Executor threads) {
    this.list = list;
    this.client = client;
    this.json = json;
    this.threads = threads;
  }

  boolean isSomewhere() {
    return list.current().stream().anyMatch(PeerServer::isAsked);
  }

  /**
   * A record at another installation.
   *
   * @param versioned whether the server tells versions
   */
  record FoundAt(Row row, PeerServer server, boolean versioned) {}

  /**
   * The record of the first server that has it.
   *
   * @return exceptionally 503 {@code no_server} when none has it and one could not be asked
   */
  CompletionStage<Optional<Row>> find(String uid) {
    return CompletableFuture.supplyAsync(() -> findNow(uid).map(FoundAt::row), threads);
  }

  /** The same, waiting for it. */
  Optional<FoundAt> findNow(String uid) {
    boolean isSure = true;
    for (PeerServer server : asked()) {
      try {
        Answered answer = client.send(server, "GET", path(uid), Optional.empty());
        if (answer.status() == 200) {
          return Optional.of(found(uid, server, answer));
        }
        isSure &= answer.status() == 404;
      } catch (PeerException | IllegalArgumentException e) {
        isSure = false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        isSure = false;
      }
    }
    if (!isSure) {
      throw unsure();
    }
    return Optional.empty();
  }

  /** Has it deleted everywhere; whether any had it. */
  CompletionStage<Boolean> delete(String uid) {
    return CompletableFuture.supplyAsync(
        () -> {
          boolean isSure = true;
          boolean found = false;
          for (PeerServer server : asked()) {
            try {
              Answered answer = client.send(server, "DELETE", path(uid), Optional.empty());
              found |= answer.status() == 200;
              isSure &= answer.status() == 200 || answer.status() == 404;
            } catch (PeerException e) {
              isSure = false;
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              isSure = false;
            }
          }
          if (!found && !isSure) {
            throw unsure();
          }
          return found;
        },
        threads);
  }

  List<PeerServer> asked() {
    return list.current().stream().filter(PeerServer::isAsked).toList();
  }

  static String path(String uid) {
    return TextUid.PREFIX + PeerClient.encoded(uid);
  }

  /**
   * @throws IllegalArgumentException when the answer is no record
   */
  FoundAt found(String uid, PeerServer server, Answered answer) {
    TextRecord record = TextRecord.parse(json, answer.body());
    Optional<Version> told = answer.version().flatMap(Version::parse);
    Version version =
        told.orElseGet(
            () -> new Version((record.micros() / 1000) << Version.COUNTER_BITS, "elsewhere"));
    StoredRecord stored = new StoredRecord(version, Map.of(), false, 0, record.toJson(), "");
    Row row = new Row(Kind.TEXT, uid, stored, 0, false, Map.of());
    return new FoundAt(row, server, told.isPresent());
  }

  static ApiException unsure() {
    return ApiException.unavailable(
        "no_server", "it is not here, and a server that may have it can't be asked", SOON);
  }
}

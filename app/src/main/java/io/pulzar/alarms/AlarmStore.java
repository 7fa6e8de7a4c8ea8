package io.pulzar.alarms;

import static io.pulzar.alarms.AlarmTables.RECEIVERS;
import static io.pulzar.alarms.AlarmTables.RULES;

import io.pulzar.http.ApiException;
import io.pulzar.secrets.SealedTexts;
import io.pulzar.settings.Setting;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.Table;
import io.pulzar.storage.WriteTransaction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Receivers and rules on the master's disk. What a stage returns is there when it completes, and
 * counts for what happens from then on.
 */
final class AlarmStore {

  private final Database database;
  private final SealedTexts sealed;
  private final AlarmSettings.Most most;

  AlarmStore(Database database, SealedTexts sealed, AlarmSettings.Most most) {
    this.database = database;
    this.sealed = sealed;
    this.most = most;
  }

  List<Receiver> receivers() {
    return database.read(tx -> all(tx, RECEIVERS));
  }

  Optional<Receiver> receiver(String name) {
    return database.read(tx -> tx.get(RECEIVERS, name));
  }

  /** Where a receiver's webhook goes; empty when it has none. */
  Optional<WebhookTarget> target(String receiver) {
    return sealed.find(sealedName(receiver)).map(WebhookTarget::ofText);
  }

  /**
   * Adds or changes a receiver; fails with 409 when there are too many. What is sealed of it is
   * there before what needs it.
   *
   * @param target of a webhook
   */
  CompletionStage<Boolean> put(Receiver receiver, Optional<WebhookTarget> target) {
    String name = sealedName(receiver.name());
    return target.isPresent()
        ? sealed.put(name, target.get().text()).thenCompose(done -> put(receiver))
        : put(receiver).thenCompose(isNew -> sealed.remove(name).thenApply(done -> isNew));
  }

  private CompletionStage<Boolean> put(Receiver receiver) {
    return database.write(
        tx ->
            put(
                tx,
                RECEIVERS,
                receiver.name(),
                receiver,
                most.receivers(),
                AlarmSettingList.RECEIVERS));
  }

  /** Removes a receiver; false: there was none. Fails with 409 while a rule names it. */
  CompletionStage<Boolean> removeReceiver(String name) {
    return database
        .write(
            tx -> {
              List<String> users =
                  all(tx, RULES).stream()
                      .filter(rule -> rule.receivers().contains(name))
                      .map(AlarmRule::name)
                      .toList();
              if (!users.isEmpty()) {
                throw ApiException.conflict(
                    "receiver_in_use",
                    name
                        + " is told by the rules "
                        + String.join(", ", users)
                        + ": change or remove them first");
              }
              return tx.delete(RECEIVERS, name);
            })
        .thenCompose(removed -> sealed.remove(sealedName(name)).thenApply(done -> removed));
  }

  List<AlarmRule> rules() {
    return database.read(tx -> all(tx, RULES));
  }

  /** Adds or changes a rule; fails with 400 when a receiver is unknown, 409 at too many. */
  CompletionStage<Boolean> put(AlarmRule rule) {
    return database.write(
        tx -> {
          rule.receivers().stream()
              .filter(name -> !tx.contains(RECEIVERS, name))
              .findFirst()
              .ifPresent(
                  name -> {
                    throw ApiException.badRequest(
                        "bad_rule", "there is no receiver " + name + ": add it first");
                  });
          return put(tx, RULES, rule.name(), rule, most.rules(), AlarmSettingList.RULES);
        });
  }

  /** Removes a rule; false: there was none. */
  CompletionStage<Boolean> removeRule(String name) {
    return database.write(tx -> tx.delete(RULES, name));
  }

  static List<AlarmRule> rules(ReadTransaction tx) {
    return all(tx, RULES);
  }

  /** Whether it is new. */
  private static <V> boolean put(
      WriteTransaction tx,
      Table<String, V> table,
      String name,
      V value,
      int most,
      Setting<Integer> setting) {
    boolean known = tx.contains(table, name);
    if (!known && tx.entries(table) >= most) {
      throw ApiException.conflict(
          "too_many", "there are " + most + " already: remove some, or raise " + setting);
    }
    tx.put(table, name, value);
    return !known;
  }

  private static <V> List<V> all(ReadTransaction tx, Table<String, V> table) {
    return tx.page(table, Range.all(), Integer.MAX_VALUE).stream().map(Entry::value).toList();
  }

  private static String sealedName(String receiver) {
    return "alarms/receiver/" + receiver;
  }
}

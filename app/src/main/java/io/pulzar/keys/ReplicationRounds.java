package io.pulzar.keys;

import io.micronaut.context.annotation.Context;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings nodes level: makes the copies that values lack, because a node is new, or away for long,
 * or the setting became higher. All values are gone through when that may be so, and not otherwise.
 */
@OnMaster
@Context
final class ReplicationRounds {

  private static final Logger LOG = LoggerFactory.getLogger(ReplicationRounds.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** After a value could not be copied. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  private static final int PAGE = 500;

  private final KeyIndex index;
  private final ReplicationRules rules;
  private final Replication copies;
  private final NodeRegistry nodes;
  private final InstantSource clock;
  private final Duration patience;
  private final long bytesPerSecond;
  private final Map<String, Instant> missed = new ConcurrentHashMap<>();
  private final AtomicBoolean copiesLost = new AtomicBoolean();
  private final Rounds rounds;
  private Set<String> level = Set.of();
  private boolean incomplete = true;
  private Instant next = Instant.MIN;

  @Inject
  ReplicationRounds(
      KeyIndex index,
      ReplicationRules rules,
      Replication copies,
      NodeRegistry nodes,
      InstantSource clock,
      Settings settings,
      Loops loops) {
    this.index = index;
    this.rules = rules;
    this.copies = copies;
    this.nodes = nodes;
    this.clock = clock;
    this.patience = settings.get(ReplicationSettings.AWAY);
    this.bytesPerSecond = settings.get(ReplicationSettings.RATE);
    if (bytesPerSecond < ReplicationSettings.SLOWEST) {
      throw new BadSettingException(ReplicationSettings.RATE + " must be at least 1KB");
    }
    this.rounds = Rounds.start(loops, "copies", PAUSE, this::round);
  }

  @PreDestroy
  void stop() {
    rounds.close();
  }

  /** Has all values gone through again: copies are lost. */
  void lookAgain() {
    copiesLost.set(true);
  }

  private void round(Rounds.Progress progress) throws InterruptedException {
    incomplete |= copiesLost.getAndSet(false);
    Set<String> online = new TreeSet<>();
    nodes.online().forEach(member -> online.add(member.facts().name()));
    missed.keySet().removeAll(online);
    boolean due = incomplete && !next.isAfter(clock.instant());
    if (online.size() > 1 && (due || !there(online).equals(level))) {
      incomplete = false;
      int made = goThrough(online, progress);
      level = there(online);
      next = clock.instant().plus(RETRY);
      if (made > 0) {
        LOG.info("made {} copies of values{}", made, incomplete ? "; more are to be made" : "");
      }
    }
  }

  /** Nodes whose copies count. */
  private Set<String> there(Set<String> online) {
    Set<String> there = new TreeSet<>(online);
    missed.forEach(
        (node, since) -> {
          if (!isLong(since)) {
            there.add(node);
          }
        });
    return there;
  }

  private int goThrough(Set<String> online, Rounds.Progress progress) throws InterruptedException {
    int made = 0;
    String after = "";
    List<Row> page = page(after);
    while (!page.isEmpty()) {
      long start = System.nanoTime();
      for (Row row : page) {
        if (!progress.goesOn()) {
          incomplete = true;
          return made;
        }
        made += complete(row, online);
      }
      after = page.getLast().key().path();
      page = page(after);
      // As long again as the page took: clients need the disk and the index too.
      Thread.sleep(Duration.ofNanos(System.nanoTime() - start));
    }
    return made;
  }

  private List<Row> page(String after) {
    return rules.mayWantMore()
        ? index.page(KeyFilter.ALL, after, PAGE)
        : index.sharedPage(after.isEmpty() ? "" : StoredName.of(new Key(after)), PAGE);
  }

  private int complete(Row row, Set<String> online) throws InterruptedException {
    if (row.location().isInBucket()) {
      return 0;
    }
    List<Replica> holders = row.location().holders();
    int wanted = rules.wanted(row.key(), row.location().sharing().asked());
    long there = wanted == 1 ? 1 : holders.stream().filter(copy -> counts(copy, online)).count();
    long without =
        nodes.takingNew().stream()
            .filter(member -> row.location().at(member.facts().name()).isEmpty())
            .count();
    int possible = (int) Math.min(wanted - there, without);
    if (possible <= 0) {
      return 0;
    }
    int made = copies.add(row, possible).toCompletableFuture().join();
    incomplete |= made < possible;
    Thread.sleep(Duration.ofMillis(made * row.location().size() * 1_000 / bytesPerSecond));
    return made;
  }

  /** Also when its node is away, but not for long. */
  private boolean counts(Replica copy, Set<String> online) {
    return online.contains(copy.node())
        || !isLong(missed.computeIfAbsent(copy.node(), node -> clock.instant()));
  }

  private boolean isLong(Instant since) {
    return !since.plus(patience).isAfter(clock.instant());
  }
}

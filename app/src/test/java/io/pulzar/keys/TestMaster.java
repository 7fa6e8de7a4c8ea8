package io.pulzar.keys;

import io.pulzar.TestTime;
import io.pulzar.check.CheckRun;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.cluster.TestRegistry;
import io.pulzar.link.InProcessLink;
import io.pulzar.link.LinkServer;
import io.pulzar.link.MasterLink;
import io.pulzar.link.NodeLinks;
import io.pulzar.link.Operation;
import io.pulzar.storage.StorageEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A master's side of the store with real storage and without a server, in front of one node. */
public final class TestMaster implements MasterLink, AutoCloseable {

  private static final ReplicationRules RULES = new ReplicationRules(1, "");

  private final String node;
  private final Clock clock;
  private final NodeRegistry registry;
  private final NodeLinks links;
  private final KeyIndex index;
  private final GarbageRounds garbage;
  private final Keys keys;
  private final Replication copies;
  private final MasterLink link;

  public TestMaster(Path directory, String node, Clock clock, NodeLinks links, WriteSteps steps) {
    this.node = node;
    this.clock = clock;
    this.links = links;
    this.registry = TestRegistry.with(clock, node);
    KeySettings settings = new KeySettings(64 << 20, 1_000, 1_000);
    index = new StoredKeyIndex(StorageEngine.local().open(directory, KeyTables.ALL), clock);
    Placement placement = new Placement(registry, clock);
    garbage = new GarbageRounds(index, clock, links, registry, placement, TestTime.loops());
    copies = new Replication(index, placement, links, garbage);
    keys = new Keys(index, placement, garbage, RULES, settings, steps);
    KeyListing listing = new KeyListing(index, settings);
    link =
        new InProcessLink(
            new LinkServer(
                List.of(
                    new KeyLinkHandlers(
                        index, RULES, copies, garbage, keys, listing, placement, steps))));
  }

  @Override
  public <Q, A> CompletionStage<A> ask(Operation<Q, A> operation, Q question) {
    return link.ask(operation, question);
  }

  public CompletionStage<Boolean> delete(String key) {
    return keys.delete(new Key(key), WriteCondition.NONE);
  }

  public boolean has(String key) {
    return index.find(new Key(key)).isPresent();
  }

  /** Whether the node still has something to drop, once the clock is far enough. */
  public boolean hasGarbage() {
    return !index.garbage(node, Instant.MAX, 1).isEmpty();
  }

  /** What a check finds: empty when all is well. */
  public String check(boolean fix) throws InterruptedException {
    return CheckRun.findings(index, RULES, copies, registry, links, clock, fix);
  }

  /** Takes a key out of the index behind everybody's back. */
  public void lose(String key) {
    Location location = index.find(new Key(key)).orElseThrow();
    index.forget(node, new ValueVersion(key, location.id())).toCompletableFuture().join();
  }

  @Override
  public void close() {
    garbage.stop();
    index.close();
  }
}

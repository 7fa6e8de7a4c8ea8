package io.pulzar.scripts;

import io.pulzar.cluster.AfterHeartbeat;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.link.MasterLink;
import io.pulzar.link.Operation;
import io.pulzar.scripts.ScriptOperations.Asking;
import io.pulzar.scripts.ScriptOperations.Part;
import io.pulzar.scripts.ScriptOperations.Report;
import io.pulzar.scripts.ScriptOperations.Standing;
import io.pulzar.scripts.ScriptOperations.Wish;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the master which scripts this node has, and fetches those that it is to have. */
final class ScriptReports implements AfterHeartbeat {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptReports.class);

  private final NodeScripts scripts;
  private final Distribution distribution;
  private final MasterLink master;
  private final Asking asking;
  private final AtomicBoolean busy = new AtomicBoolean();

  /** Guarded by {@link #busy}. */
  private List<KnownScript> digested = List.of();

  private String digest = "";

  ScriptReports(
      NodeScripts scripts, Distribution distribution, MasterLink master, NodeIdentity identity) {
    this.scripts = scripts;
    this.distribution = distribution;
    this.master = master;
    this.asking = new Asking(identity.name(), identity.id());
  }

  /** Fetching may take longer than the next heartbeat may wait. */
  @Override
  public void heard() {
    if (busy.compareAndSet(false, true)) {
      // Many scripts are read for seconds, in which nobody else would get the virtual ones' turn.
      var _ = Thread.ofPlatform().daemon().name("scripts").start(this::compare);
    }
  }

  private void compare() {
    try {
      Wish wish = report();
      if (!wish.distributed().equals(distribution.digest())) {
        distribution.follow(ask(ScriptOperations.MANIFEST, asking), this::fetch);
        report();
      }
    } catch (CompletionException e) {
      LOG.warn(
          "comparing scripts with the master is tried again: {}", String.valueOf(e.getCause()));
    } catch (IOException e) {
      LOG.warn("fetching the master's scripts is tried again: {}", e.toString());
    } finally {
      busy.set(false);
    }
  }

  private Wish report() {
    List<KnownScript> all = scripts.list();
    Wish wish = ask(ScriptOperations.COMPARE, new Standing(asking, digestOf(all)));
    return wish.report() ? ask(ScriptOperations.REPORT, new Report(asking, all)) : wish;
  }

  /** Computed again only for another list. */
  @SuppressWarnings("ReferenceEquality") // the same list is given until it changes
  private String digestOf(List<KnownScript> all) {
    if (all != digested || digest.isEmpty()) {
      digest = ScriptOperations.digest(all);
      digested = all;
    }
    return digest;
  }

  private byte[] fetch(String sha256, long offset) {
    Part part = new Part(asking, sha256, offset);
    return Base64.getDecoder().decode(ask(ScriptOperations.FETCH, part).base64());
  }

  private <Q, A> A ask(Operation<Q, A> operation, Q question) {
    return master.ask(operation, question).toCompletableFuture().join();
  }
}

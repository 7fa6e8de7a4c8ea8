package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.pool.WorkerProcess.Phase;
import io.pulzar.polyglot.wire.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which scripts each worker of the usual size loads ahead of need, one at a time. What failed once,
 * or took its worker with it, is not tried again. Guarded by the pool's lock.
 */
final class Preparations {

  private static final Logger LOG = LoggerFactory.getLogger(Preparations.class);

  private final long heapBytes;
  private final List<Message.Prepare> wanted = new ArrayList<>();
  private final Set<Message.Prepare> hopeless = new HashSet<>();

  Preparations(long heapBytes) {
    this.heapBytes = heapBytes;
  }

  void want(List<Script> scripts, Limits limits) {
    for (Script script : scripts) {
      wanted.add(
          new Message.Prepare(
              script.root().toString(),
              script.name(),
              script.entry(),
              limits.network(),
              limits.timeout().toMillis()));
    }
  }

  /** What to send to this worker now, or null. */
  Message.@Nullable Prepare nextFor(WorkerProcess worker) {
    if (worker.preparing != null || worker.heapBytes != heapBytes || !mayPrepare(worker.phase)) {
      return null;
    }
    while (worker.preparations < wanted.size()) {
      Message.Prepare next = wanted.get(worker.preparations++);
      if (!hopeless.contains(next)) {
        worker.preparing = next;
        return next;
      }
    }
    return null;
  }

  void done(WorkerProcess worker, Message.Prepared answer) {
    Message.Prepare done = worker.preparing;
    worker.preparing = null;
    worker.keptContexts = answer.keptScripts();
    if (done != null && !answer.problem().isEmpty()) {
      giveUp(done, answer.problem());
    }
  }

  /** The worker died by itself. */
  void lost(WorkerProcess worker) {
    Message.Prepare blamed = worker.preparing;
    if (blamed != null) {
      giveUp(blamed, "its worker died");
    }
  }

  private void giveUp(Message.Prepare script, String reason) {
    if (hopeless.add(script)) {
      LOG.warn("{} can't be loaded ahead of its first call: {}", script.name(), reason);
    }
  }

  private static boolean mayPrepare(Phase phase) {
    return phase == Phase.IDLE || phase == Phase.BUSY;
  }
}

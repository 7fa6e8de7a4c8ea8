package io.pulzar.runner;

import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.jobs.JobOperations;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.JobSettingList;
import io.pulzar.jobs.LeaseHolder;
import io.pulzar.link.ClusterKey;
import io.pulzar.link.MasterLink;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.python.ScriptServices;
import io.pulzar.roles.OnNode;
import io.pulzar.scripts.NodeScripts;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.tracing.TracingSettings;
import io.pulzar.upkeep.Loop;
import io.pulzar.upkeep.Loops;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the node's slots from its start to its stop. */
@OnNode
@Singleton
final class Runner {

  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  /** How long the last reports may take after the runs ended. */
  private static final Duration REPORTING = Duration.ofSeconds(3);

  private final CountDownLatch leaving = new CountDownLatch(1);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("runner-timer").daemon().factory());
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("runner-", 0).factory());

  /** A question stays open for a third of a lease, and is repeated every few seconds in vain. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private final List<Thread> slots = new CopyOnWriteArrayList<>();
  private final LentSlots lent;
  private final PythonRuntime python;
  private final Loop slotLoop;
  private final LeaseHolder lessee;
  private final Duration grace;
  private final MasterQuestions master;
  private final JobExecution execution;
  private final LeaseRenewalLoop holding;

  @Inject
  Runner(
      MasterLink link,
      NodeIdentity identity,
      PythonRuntime python,
      ScriptServices services,
      Optional<LocalValues> values,
      NodeScripts scripts,
      Settings settings,
      ClusterKey key,
      JsonMapper json,
      Loops loops) {
    this.python = python;
    this.slotLoop = loops.add("slots");
    this.lessee = new LeaseHolder(identity.name(), UUID.randomUUID().toString());
    this.grace = settings.get(ServerSettings.GRACE);
    this.master = new MasterQuestions(link, stop);
    this.lent = new LentSlots(settings.get(RunnerSettings.WAITING), this::lend);
    this.execution =
        new JobExecution(
            lessee,
            scripts,
            python,
            services,
            lent,
            values,
            new OutcomeWords(json, settings.get(JobSettingList.RESULT)),
            key,
            json,
            master,
            timer,
            threads,
            settings.get(TracingSettings.CALLS));
    this.holding = new LeaseRenewalLoop(lessee, master, execution, stop, loops.add("leases", LATE));
  }

  @EventListener
  void start(ServerStartupEvent event) {
    int count = python.status().slots();
    for (int slot = 0; slot < count; slot++) {
      SlotLoop loop = new SlotLoop(lessee, master, execution, leaving, slotLoop);
      slots.add(Thread.ofVirtual().name("slot-" + slot).start(loop::run));
    }
    if (count > 0) {
      Thread.ofVirtual().name("leases").start(holding::run);
    } else {
      holding.none();
    }
  }

  /** Another slot, until the one that it stands for goes on. */
  private void lend(CountDownLatch back) {
    SlotLoop loop = new SlotLoop(lessee, master, execution, back, slotLoop);
    slots.removeIf(slot -> !slot.isAlive());
    slots.add(Thread.ofVirtual().name("slot-lent").start(loop::run));
  }

  /** Fetches nothing more, gives what runs the grace, and hands the rest back to the queue. */
  @PreDestroy
  void stop() {
    leaving.countDown();
    lent.end();
    try {
      var _ = master.once(JobOperations.HOLD, holding.question(true));
      if (!ended(grace)) {
        List<JobRun> rest = execution.held();
        LOG.info("handing {} running jobs back to the queue", rest.size());
        rest.forEach(run -> run.stop(AttemptResult.RETURNED));
        if (!ended(REPORTING)) {
          LOG.warn("some jobs could not be handed back; their leases expire instead");
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      stop.countDown();
      timer.shutdownNow();
      threads.shutdownNow();
    }
  }

  private boolean ended(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (Thread slot : slots) {
      long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
      if (!slot.join(Duration.ofMillis(left))) {
        return false;
      }
    }
    return true;
  }
}

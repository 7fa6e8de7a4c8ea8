import java.lang.management.ManagementFactory;
import java.util.Date;
import java.util.Properties;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Quartz with its job store in memory: drift COUNT SECONDS, or memory COUNT. */
public final class QuartzTimers {

  static final int WARM_UP = 1_000;
  static final Queue<Long> LATE = new ConcurrentLinkedQueue<>();
  static CountDownLatch all;
  static long start;

  /** Notes how late it is. */
  public static final class Note implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      long due = context.getTrigger().getStartTime().getTime();
      if (due >= start) {
        LATE.add(System.currentTimeMillis() - due);
        all.countDown();
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[1]);
    Properties settings = new Properties();
    settings.put("org.quartz.threadPool.threadCount", "16");
    settings.put("org.quartz.jobStore.misfireThreshold", "600000");
    Scheduler scheduler = new StdSchedulerFactory(settings).getScheduler();
    scheduler.start();
    all = new CountDownLatch(count);
    long before = heap();
    boolean drift = arguments[0].equals("drift");
    start = System.currentTimeMillis() + (drift ? 20_000 : 2_592_000_000L);
    int millis = drift ? Integer.parseInt(arguments[2]) * 1_000 : 1_000;
    Random random = new Random(1);
    for (int n = 0; drift && n < WARM_UP; n++) {
      schedule(scheduler, "warm-up" + n, start - 4_000 - n * 4L);
    }
    for (int n = 0; n < count; n++) {
      schedule(scheduler, "job" + n, start + random.nextInt(millis));
    }
    if (drift) {
      if (!all.await(600, TimeUnit.SECONDS)) {
        throw new IllegalStateException(all.getCount() + " are missing");
      }
      LATE.forEach(System.out::println);
    } else {
      System.out.println("{\"heap_before\": " + before + ", \"heap_after\": " + heap() + "}");
    }
    scheduler.shutdown();
    System.exit(0);
  }

  private static void schedule(Scheduler scheduler, String name, long due)
      throws SchedulerException {
    scheduler.scheduleJob(
        JobBuilder.newJob(Note.class).withIdentity(name).build(),
        TriggerBuilder.newTrigger().startAt(new Date(due)).build());
  }

  private static long heap() {
    for (int n = 0; n < 3; n++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

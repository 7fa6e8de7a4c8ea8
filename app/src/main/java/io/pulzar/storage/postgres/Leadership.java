package io.pulzar.storage.postgres;

import io.pulzar.storage.MasterElection;
import io.pulzar.storage.MasterServer;
import io.pulzar.storage.StorageAddress;
import io.pulzar.storage.StorageBusyException;
import io.pulzar.storage.StorageLostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one server to write. It is taken when nobody has it, from an earlier start of the
 * same installation, or from a server that has not renewed it for as long as a lease lasts on the
 * clock of whoever waits: no clocks are compared.
 *
 * <p>Nothing that is written depends on whether this knows the truth: every transaction asks the
 * database.
 */
final class Leadership implements MasterElection, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final int LOOKS_IN_A_LEASE = 20;
  private static final int RENEWALS_IN_A_LEASE = 4;
  private static final double LATE = 1.4;

  /** What the row of the lease said, and since when it has said so. */
  private record Seen(Lease lease, long since) {}

  private final StorageAddress address;
  private final Connections connections;
  private final Retries retries;
  private final String start = UUID.randomUUID().toString();
  private final MasterRows rows;
  private @Nullable Thread renewal;
  private @Nullable Connection connection;
  private boolean laidOut;
  private boolean announced;
  private long lastBeat;
  private volatile @Nullable Seen seen;
  private volatile boolean closing;
  private volatile @Nullable String loss;

  Leadership(StorageAddress address, Connections connections, Retries retries) {
    this.address = address;
    this.connections = connections;
    this.retries = retries;
    this.rows = new MasterRows(address.schema(), start, address.holder());
  }

  /** What distinguishes this server from others, and from other starts of it. */
  String start() {
    return start;
  }

  /**
   * Returns when this server has the lease.
   *
   * @throws StorageBusyException when another one has it and lives
   * @throws StorageLostException when this one had it before
   */
  synchronized void acquire() {
    failIfLost();
    long beat = -1;
    while (!tryToLead(false)) {
      Lease now = current().lease();
      if (beat >= 0 && beat != now.beat() && !now.isFree()) {
        throw new StorageBusyException(
            address
                + " is in use by another server: stop it, or choose another"
                + " pulzar.storage.schema");
      }
      beat = now.beat();
      LockSupport.parkNanos(pause().toNanos());
    }
  }

  @Override
  public synchronized boolean tryToLead(boolean leaderHasEnded) {
    failIfLost();
    if (renewal != null) {
      return true;
    }
    Lease now = retries.run(this::look);
    Seen before = seen;
    boolean isOver = false;
    if (before != null && before.lease().equals(now)) {
      isOver = leaderHasEnded || System.nanoTime() - before.since() > address.lease().toNanos();
    } else {
      seen = new Seen(now, System.nanoTime());
    }
    if (isOurs(now, isOver)) {
      renewal = Thread.ofPlatform().name("postgres-lease").daemon().start(this::renewUntilClosed);
      return true;
    }
    return false;
  }

  private Lease look() throws SQLException {
    try {
      layOut();
      if (announced && System.nanoTime() - lastBeat > renewalNanos()) {
        rows.beat(connected());
        lastBeat = System.nanoTime();
      }
      return Lease.read(connected(), address.schema());
    } catch (SQLException failure) {
      drop();
      // A lease that nobody could renew is not over.
      seen = null;
      throw failure;
    }
  }

  private void layOut() throws SQLException {
    if (!laidOut) {
      Layout.bringUp(connected(), address.schema(), address.place());
      laidOut = true;
    }
  }

  /** Takes it where that is right now; whether it is this server's. */
  private boolean isOurs(Lease lease, boolean isOver) {
    if (!lease.isFree() && !lease.holder().equals(address.holder()) && !isOver) {
      return false;
    }
    return retries.run(
        () -> {
          try {
            return lease.take(connected(), address.schema(), start, address.holder())
                // Also when the answer to taking it was lost.
                || Lease.read(connected(), address.schema()).server().equals(start);
          } catch (SQLException failure) {
            drop();
            throw failure;
          }
        });
  }

  private Seen current() {
    Seen now = seen;
    if (now == null) {
      throw new IllegalStateException("nobody has looked at the lease yet");
    }
    return now;
  }

  @Override
  public Duration pause() {
    return address.lease().dividedBy(LOOKS_IN_A_LEASE);
  }

  @Override
  public Optional<String> leader() {
    Seen now = seen;
    return now == null
            || now.lease().isFree()
            || now.lease().url().isEmpty()
            || now.lease().holder().equals(address.holder())
        ? Optional.empty()
        : Optional.of(now.lease().url());
  }

  @Override
  public Duration silence() {
    Seen now = seen;
    return now == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - now.since());
  }

  @Override
  public boolean isLate() {
    return silence().toNanos() > renewalNanos() * LATE;
  }

  @Override
  public synchronized void announce(String url, String version) {
    boolean _ = retries.run(() -> told(open -> rows.announce(open, url, version)));
    announced = true;
  }

  @Override
  public synchronized List<MasterServer> masters() {
    try {
      return rows.all(connected());
    } catch (SQLException failure) {
      drop();
      throw retries.described(failure);
    }
  }

  @Override
  public synchronized Map<String, String> sharedByOthers() {
    return retries.run(
        () -> {
          try {
            layOut();
            return rows.sharedByOthers(connected());
          } catch (SQLException failure) {
            drop();
            throw failure;
          }
        });
  }

  @Override
  public synchronized void share(Map<String, String> facts) {
    boolean _ = retries.run(() -> told(open -> rows.share(open, facts)));
  }

  @FunctionalInterface
  private interface Telling {
    void run(Connection open) throws SQLException;
  }

  private boolean told(Telling telling) throws SQLException {
    try {
      telling.run(connected());
      return true;
    } catch (SQLException failure) {
      drop();
      throw failure;
    }
  }

  /** Why this server may write no more; empty: it may, as far as it knows. */
  Optional<String> loss() {
    return Optional.ofNullable(loss);
  }

  void failIfLost() {
    if (loss != null) {
      throw lost();
    }
  }

  /** Notes that another server has the lease. */
  StorageLostException lost() {
    String why =
        address
            + " is another server's now: this one did not renew its lease for "
            + address.lease().toSeconds()
            + " s, because it stood still or could not reach the database";
    loss = why;
    return new StorageLostException(why);
  }

  private long renewalNanos() {
    return address.lease().toNanos() / RENEWALS_IN_A_LEASE;
  }

  private void renewUntilClosed() {
    while (!closing && loss == null) {
      LockSupport.parkNanos(renewalNanos());
      if (!closing) {
        renewOnce();
      }
    }
  }

  private void renewOnce() {
    try {
      renew();
    } catch (RuntimeException | Error failure) {
      // Without this thread the lease would end, whatever becomes of this.
      LOG.error("the lease could not be renewed now", failure);
    }
  }

  /** What fails is tried again with the next one; whoever writes meanwhile tells the log. */
  private synchronized void renew() {
    try {
      if (!Lease.renew(connected(), address.schema(), start)) {
        LOG.error("{}", lost().getMessage());
      }
      rows.beat(connected());
    } catch (SQLException failure) {
      drop();
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = connections.forWriting();
      connection = open;
    }
    return open;
  }

  private void drop() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      Connections.close(open);
    }
  }

  /** Lets others have the lease at once. */
  @Override
  public void close() {
    closing = true;
    Thread ending = renewal;
    if (ending != null) {
      LockSupport.unpark(ending);
    }
    synchronized (this) {
      try {
        if (announced) {
          rows.leave(connected());
        }
        if (ending != null && loss == null) {
          boolean _ = Lease.release(connected(), address.schema(), start);
        }
      } catch (SQLException failure) {
        LOG.warn(
            "{} does not answer, so another server waits for the end of the lease: {}",
            address,
            SqlFailure.text(failure));
      }
      drop();
    }
  }
}

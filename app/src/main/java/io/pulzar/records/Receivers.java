package io.pulzar.records;

import io.pulzar.upkeep.Loop;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One receiver for each server of the list, as the list changes. */
final class Receivers implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final ServersList list;
  private final PeerStore peers;
  private final RecordStore store;
  private final RecordSignals signals;
  private final PeerClient client;
  private final Clock clock;
  private final Duration compareEvery;
  private final Map<PeerServer, Receiver> receivers = new LinkedHashMap<>();
  private final Rounds rounds;

  /** Of all of them. */
  private final Loop sending;

  Receivers(
      ServersList list,
      PeerStore peers,
      RecordStore store,
      RecordSignals signals,
      PeerClient client,
      Clock clock,
      Duration compareEvery,
      Loops loops) {
    this.list = list;
    this.peers = peers;
    this.store = store;
    this.signals = signals;
    this.client = client;
    this.clock = clock;
    this.compareEvery = compareEvery;
    this.sending = loops.add("records-receivers");
    this.rounds = Rounds.start(loops, "records-servers", LOOK, this::follow);
  }

  private void follow(Rounds.Progress progress) {
    List<PeerServer> wanted = list.current().stream().filter(PeerServer::receives).toList();
    List<Receiver> ended = new ArrayList<>();
    synchronized (receivers) {
      receivers
          .entrySet()
          .removeIf(
              entry -> {
                boolean gone = !wanted.contains(entry.getKey());
                if (gone) {
                  ended.add(entry.getValue());
                }
                return gone;
              });
      for (PeerServer server : wanted) {
        receivers.computeIfAbsent(server, this::started);
      }
    }
    ended.forEach(Receiver::close);
  }

  private Receiver started(PeerServer server) {
    Receiver receiver =
        new Receiver(server, peers, store, signals, client, clock, compareEvery, sending);
    receiver.start();
    return receiver;
  }

  /** Has every receiver compared before its next change. */
  void compareSoon() {
    synchronized (receivers) {
      receivers.values().forEach(Receiver::compareSoon);
    }
    signals.wake();
  }

  List<Receiver.Condition> conditions() {
    synchronized (receivers) {
      return receivers.values().stream().map(Receiver::condition).toList();
    }
  }

  @Override
  public void close() {
    rounds.close();
    synchronized (receivers) {
      receivers.values().forEach(Receiver::close);
    }
  }
}

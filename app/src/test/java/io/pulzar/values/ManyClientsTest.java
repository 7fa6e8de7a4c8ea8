package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.http.ApiException;
import io.pulzar.keys.WriteSteps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers, readers and deleters of the same few keys at once. */
final class ManyClientsTest {

  private static final int CLIENTS = 8;
  private static final int KEYS = 5;
  private static final int ROUNDS = 150;
  private static final Set<Integer> REFUSALS = Set.of(404, 409);

  @TempDir Path directory;

  @Test
  void readersSeeWholeValuesAndAtTheEndAllAgree() throws Exception {
    Set<Long> written = ConcurrentHashMap.newKeySet();
    try (WholeStore store = new WholeStore(directory, Clock.systemUTC(), WriteSteps.NONE);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Random random = new Random(client);
        Path scratch = Files.createTempFile(directory, "body-", "");
        clients.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < ROUNDS; round++) {
                    act(store, random, scratch, written);
                  }
                  return client(random);
                }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
      store.store.tidy();
      for (int key = 0; key < KEYS; key++) {
        assertThat(store.has(name(key))).isEqualTo(store.master.has(name(key)));
      }
      assertThat(store.master.check(false)).isEmpty();
      Await.until("no file without its row", () -> filesAreRight(store));
    }
  }

  private static int client(Random random) {
    return random.nextInt();
  }

  private static void act(WholeStore store, Random random, Path scratch, Set<Long> written)
      throws IOException {
    String key = name(random.nextInt(KEYS));
    try {
      switch (random.nextInt(4)) {
        case 0 -> {
          long body = random.nextLong(1, Long.MAX_VALUE);
          written.add(body);
          Files.write(scratch, CrashingWriter.body(body));
          store.put(key, scratch, random.nextBoolean());
        }
        case 1 -> store.master.delete(key).toCompletableFuture().join();
        default -> {
          byte[] read = store.get(key);
          long body = ByteBuffer.wrap(read).getLong();
          assertThat(written).contains(body);
          assertThat(read).isEqualTo(CrashingWriter.body(body));
        }
      }
    } catch (ApiException refusal) {
      assertThat(refusal.status()).isIn(REFUSALS);
    } catch (CompletionException refused) {
      assertThat(refused.getCause())
          .isInstanceOfSatisfying(
              ApiException.class,
              refusal -> assertThat(refusal.code()).isIn("key_not_found", "key_exists"));
    }
  }

  private static boolean filesAreRight(WholeStore store) {
    try {
      return store.everyFileHasItsRow();
    } catch (IOException e) {
      return false;
    }
  }

  private static String name(int key) {
    return "/shared/" + key;
  }
}

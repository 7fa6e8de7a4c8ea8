package io.pulzar.values;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.scheduling.TaskExecutors;
import io.pulzar.access.KeyTickets;
import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.bucket.BucketException.Reason;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.bucket.OnBucket;
import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.KeyOperations.FoundObject;
import io.pulzar.keys.Location;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.Settings;
import io.pulzar.values.StoredValue.Content;
import io.pulzar.values.ValueReads.Bytes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives values out where new ones are in the bucket. What a key stands for the master is asked each
 * time, so that what it has just removed or replaced is not seen any more; what is still on nodes,
 * from before, they give out.
 */
@OnNode
@OnBucket
@Singleton
final class BucketReads {

  private static final Logger LOG = LoggerFactory.getLogger(BucketReads.class);

  /** How often a value may be replaced between the look at the index and that at the bucket. */
  private static final int MOST_LOOKS = 5;

  private static final List<String> CONDITIONS =
      List.of(
          HttpHeaders.IF_MATCH,
          HttpHeaders.IF_NONE_MATCH,
          HttpHeaders.IF_MODIFIED_SINCE,
          HttpHeaders.IF_UNMODIFIED_SINCE,
          HttpHeaders.IF_RANGE);

  private final Bucket bucket;
  private final BucketMembership membership;
  private final MasterIndex master;
  private final ValueAnswers answers;
  private final KeyTickets tickets;
  private final ExecutorService disk;
  private final boolean redirect;

  BucketReads(
      Bucket bucket,
      BucketMembership membership,
      MasterIndex master,
      ValueAnswers answers,
      KeyTickets tickets,
      @Named(TaskExecutors.BLOCKING) ExecutorService disk,
      Settings settings) {
    this.redirect = settings.get(BucketSettings.REDIRECT);
    this.bucket = bucket;
    this.membership = membership;
    this.master = master;
    this.answers = answers;
    this.tickets = tickets;
    this.disk = disk;
  }

  /** The object that a removal or replacement took away before it could be opened. */
  private static final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * What a request for a key's value gets.
   *
   * @param here gives out a version that is on this node's disk
   */
  CompletionStage<HttpResponse<?>> get(
      HttpRequest<?> request, Key key, LongFunction<CompletionStage<HttpResponse<?>>> here) {
    return get(request, key, here, MOST_LOOKS);
  }

  private CompletionStage<HttpResponse<?>> get(
      HttpRequest<?> request,
      Key key,
      LongFunction<CompletionStage<HttpResponse<?>>> here,
      int looks) {
    return master
        .findObject(key)
        .thenCompose(found -> answer(request, found, here))
        .exceptionallyCompose(
            failure -> {
              if (!isGone(failure)) {
                return CompletableFuture.failedStage(failure);
              }
              return looks > 1
                  ? get(request, key, here, looks - 1)
                  : CompletableFuture.failedStage(missing(key));
            });
  }

  private static boolean isGone(Throwable failure) {
    return failure instanceof GoneException || failure.getCause() instanceof GoneException;
  }

  private CompletionStage<HttpResponse<?>> answer(
      HttpRequest<?> request,
      FoundObject found,
      LongFunction<CompletionStage<HttpResponse<?>>> here) {
    if (found.value().node().equals(Location.BUCKET)) {
      return checked(found).thenCompose(value -> served(request, value));
    }
    // Of several copies any will do, and this node's is the nearest.
    if (found.url() == null || found.value().node().equals(master.node())) {
      return here.apply(found.value().location().version());
    }
    return CompletableFuture.completedStage(
        HttpResponse.status(HttpStatus.TEMPORARY_REDIRECT)
            .header(HttpHeaders.LOCATION, tickets.onto(found.url())));
  }

  private CompletionStage<HttpResponse<?>> served(HttpRequest<?> request, StoredValue value) {
    return redirect && isPlain(request)
        ? CompletableFuture.supplyAsync(() -> sentOn(value), disk)
        : answers.answer(request, value, this::open);
  }

  /** Conditions are about our tags and dates, and only we can judge them. */
  private static boolean isPlain(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.GET
        && CONDITIONS.stream().noneMatch(request.getHeaders()::contains);
  }

  private HttpResponse<?> sentOn(StoredValue value) {
    try {
      return HttpResponse.status(HttpStatus.TEMPORARY_REDIRECT)
          .header(HttpHeaders.LOCATION, bucket.urlOf(value.id()));
    } catch (BucketException e) {
      LOG.warn("the value of {} can't be read: {}", value.key(), e.getMessage());
      throw new CompletionException(e.answer());
    }
  }

  private CompletionStage<StoredValue> checked(FoundObject found) {
    StoredValue value = value(found);
    return membership.isKnown(found.owner())
        ? CompletableFuture.completedStage(value)
        : CompletableFuture.supplyAsync(
            () -> {
              membership.requireOwner(found.owner());
              return value;
            },
            disk);
  }

  /** What the master found, as this node handles values. */
  static StoredValue value(FoundObject found) {
    Location location = found.value().location();
    return new StoredValue(
        found.value().key(),
        location.id(),
        location.size(),
        location.checksum(),
        location.written(),
        location.expires(),
        new Content.InFile(ValueTables.unpacked(Base64.getDecoder().decode(found.blocks()))),
        // One that was moved there has kept the version that it had on its node.
        new ReplicationState(location.version(), location.sharing().asked()));
  }

  static int[] blocks(StoredValue value) {
    return value.content() instanceof Content.InFile file ? file.blocks() : new int[0];
  }

  private CompletionStage<Bytes> open(StoredValue value, long from, long length) {
    return CompletableFuture.supplyAsync(() -> opened(value, from, length), disk);
  }

  private Bytes opened(StoredValue value, long from, long length) {
    if (length == 0) {
      return new Bytes.InMemory(new byte[0]);
    }
    try {
      VerifiedObject object = VerifiedObject.open(bucket, value, blocks(value), from, length);
      return value.size() <= BlockChecksums.BLOCK
          ? inMemory(object, (int) length)
          : new Bytes.OnDisk(object);
    } catch (BucketException e) {
      if (e.reason() == Reason.MISSING) {
        throw new GoneException();
      }
      LOG.warn("the value of {} can't be read: {}", value.key(), e.getMessage());
      throw new CompletionException(e.answer());
    } catch (IOException e) {
      LOG.error("value {} (object {}) is damaged: {}", value.key(), value.id(), e.getMessage());
      throw new CompletionException(damaged(value.key()));
    }
  }

  private static Bytes inMemory(VerifiedObject object, int length) throws IOException {
    try (object) {
      ByteBuffer block = ByteBuffer.allocate(BlockChecksums.BLOCK);
      byte[] bytes = new byte[length];
      if (object.next(block)) {
        block.get(bytes);
      }
      return new Bytes.InMemory(bytes);
    }
  }

  private static ApiException missing(Key key) {
    LOG.error("the object with the value of {} is not in the bucket", key);
    return damaged(key.path());
  }

  static ApiException damaged(String key) {
    return new ApiException(
        500,
        "value_damaged",
        "The value of %s is damaged in the bucket and is not served; restore it from a version that"
                .formatted(key)
            + " the bucket keeps, or delete the key and write it again",
        null,
        null);
  }
}

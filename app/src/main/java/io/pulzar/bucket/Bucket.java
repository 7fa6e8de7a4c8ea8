package io.pulzar.bucket;

import io.pulzar.bucket.BucketException.Reason;
import io.pulzar.settings.Settings;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Objects of values in a bucket, by number. Every method blocks, and fails with a {@link
 * BucketException} when patience is at its end.
 */
public final class Bucket implements AutoCloseable {

  /** Objects in one page of a listing. */
  public static final int PAGE = 1_000;

  private static final Duration SIGNED_FOR = Duration.ofMinutes(1);
  private static final String MARKER = "pulzar-installation";

  private final BucketAddress address;
  private final ObjectNames names;
  private final S3Client s3;
  private final S3Presigner presigner;
  private final Attempts attempts;
  private final ObjectWrites writes;

  private Bucket(BucketAddress address, S3Client s3, S3Presigner presigner) {
    this.presigner = presigner;
    this.address = address;
    this.names = new ObjectNames(address.prefix());
    this.s3 = s3;
    this.attempts = new Attempts(address);
    this.writes = new ObjectWrites(s3, address, names, attempts);
  }

  /**
   * The bucket that the settings name; asks it nothing yet.
   *
   * @throws io.pulzar.settings.BadSettingException when they can't be understood
   */
  public static Bucket open(Settings settings) {
    BucketAddress address = BucketAddress.of(settings);
    return new Bucket(address, Clients.open(address), Clients.presigner(address));
  }

  /** For people: {@code s3://bucket/prefix}. */
  public String url() {
    return address.url();
  }

  /** How long a step is tried again. */
  public Duration patience() {
    return address.patience();
  }

  /** Writes an object; complete in the bucket when this returns. */
  public void write(long id, About about, byte[] bytes, int length) throws BucketException {
    writes.write(id, about, bytes, length);
  }

  /** Begins an object that comes in parts. */
  public Upload begin(long id, About about) throws BucketException {
    return writes.begin(id, about);
  }

  /**
   * A part of an object; goes on where it was when the connection is lost.
   *
   * @param length bytes, at least 1; with {@code from} within the object
   * @throws BucketException {@code MISSING} when there is none
   */
  public InputStream read(long id, long from, long length) throws BucketException {
    ObjectStream stream = new ObjectStream(this, id, from, length);
    stream.open();
    return stream;
  }

  ResponseInputStream<GetObjectResponse> get(long id, long from, long end) throws BucketException {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(address.bucket())
            .key(names.of(id))
            .range("bytes=" + from + "-" + (end - 1))
            .build();
    return attempts.at("reading " + names.of(id), () -> s3.getObject(request));
  }

  /** A URL at which anybody can read an object for a minute. */
  public String urlOf(long id) throws BucketException {
    return attempts.at(
        "signing a URL",
        () ->
            presigner
                .presignGetObject(
                    signed ->
                        signed
                            .signatureDuration(SIGNED_FOR)
                            .getObjectRequest(
                                request ->
                                    request
                                        .bucket(address.bucket())
                                        .key(names.of(id))
                                        .responseContentType("application/octet-stream")))
                .url()
                .toString());
  }

  void rest(String what, long millis) throws BucketException {
    attempts.rest(what, millis);
  }

  /** An object and what stands beside it. */
  public record Described(long size, Optional<About> about) {}

  /** Looks at an object without reading it; empty when there is none. */
  public Optional<Described> describe(long id) throws BucketException {
    try {
      return Optional.of(
          attempts.at(
              "looking at " + names.of(id),
              () -> {
                HeadObjectResponse head =
                    s3.headObject(request -> request.bucket(address.bucket()).key(names.of(id)));
                return new Described(
                    Attempts.whole(head.contentLength()), About.of(head.metadata()));
              }));
    } catch (BucketException e) {
      return orMissing(e);
    }
  }

  /** Removes an object, or finds it gone. */
  public void remove(long id) throws BucketException {
    try {
      var _ =
          attempts.at(
              "removing " + names.of(id),
              () -> s3.deleteObject(request -> request.bucket(address.bucket()).key(names.of(id))));
    } catch (BucketException e) {
      Optional<Object> _ = orMissing(e);
    }
  }

  /** Whether there is an object that has this number or a higher one. */
  public boolean holdsFrom(long id, Duration patience) throws BucketException {
    String before = id == 0 ? names.folder() : names.of(id - 1);
    return !page(Optional.of(before), patience).objects().isEmpty();
  }

  /**
   * A page of a listing.
   *
   * @param next where the next page begins; empty: this was the last
   */
  public record Page(List<HeldObject> objects, Optional<String> next) {

    public Page {
      objects = List.copyOf(objects);
    }
  }

  /**
   * The next page of objects in the order of their numbers.
   *
   * @param after {@link Page#next} of the page before; empty: from the start
   */
  public Page page(Optional<String> after) throws BucketException {
    return page(after, address.patience());
  }

  private Page page(Optional<String> after, Duration patience) throws BucketException {
    ListObjectsV2Response listed =
        attempts.at(
            "listing",
            patience,
            () ->
                s3.listObjectsV2(
                    request -> {
                      request.bucket(address.bucket()).prefix(names.folder()).maxKeys(PAGE);
                      after.ifPresent(request::startAfter);
                    }));
    List<HeldObject> objects =
        listed.contents().stream()
            .flatMap(
                found ->
                    names
                        .number(found.key())
                        .map(id -> new HeldObject(id, found.size(), found.lastModified()))
                        .stream())
            .toList();
    boolean isLast = listed.contents().isEmpty() || !Boolean.TRUE.equals(listed.isTruncated());
    return new Page(
        objects, isLast ? Optional.empty() : Optional.of(listed.contents().getLast().key()));
  }

  /**
   * Gives up uploads in parts that began before a moment and were never completed.
   *
   * @return how many
   */
  public int abandon(Instant before) throws BucketException {
    List<MultipartUpload> open =
        attempts
            .at(
                "listing uploads",
                () ->
                    s3.listMultipartUploads(
                        request -> request.bucket(address.bucket()).prefix(names.folder())))
            .uploads();
    int abandoned = 0;
    for (MultipartUpload upload : open) {
      if (names.number(upload.key()).isPresent() && upload.initiated().isBefore(before)) {
        writes.abort(upload.key(), upload.uploadId());
        abandoned++;
      }
    }
    return abandoned;
  }

  /** What the marker of the bucket's owner says; empty when there is none. */
  public Optional<Marker> marker() throws BucketException {
    return marker(address.patience());
  }

  /** The same with another patience. */
  public Optional<Marker> marker(Duration patience) throws BucketException {
    try {
      return Optional.of(
          Marker.parse(
              attempts.at(
                  "reading " + address.prefix() + MARKER,
                  patience,
                  () -> {
                    ResponseBytes<GetObjectResponse> answer =
                        s3.getObjectAsBytes(
                            request ->
                                request.bucket(address.bucket()).key(address.prefix() + MARKER));
                    long _ = Attempts.whole(answer.response().contentLength());
                    return answer.asUtf8String();
                  })));
    } catch (BucketException e) {
      return orMissing(e);
    }
  }

  /** Writes the marker. */
  public void mark(Marker marker) throws BucketException {
    var _ =
        attempts.at(
            "writing " + address.prefix() + MARKER,
            () ->
                s3.putObject(
                    request -> request.bucket(address.bucket()).key(address.prefix() + MARKER),
                    RequestBody.fromString(marker.text())));
  }

  /** Lists, writes, reads and removes something, to find out whether that is allowed. */
  public void tryOut(Duration patience) throws BucketException {
    String name = address.prefix() + "pulzar-trial-" + UUID.randomUUID();
    var _ =
        attempts.at(
            "listing",
            patience,
            () ->
                s3.listObjectsV2(
                    request -> request.bucket(address.bucket()).maxKeys(1).prefix(names.folder())));
    var _ =
        attempts.at(
            "writing " + name,
            patience,
            () ->
                s3.putObject(
                    request -> request.bucket(address.bucket()).key(name),
                    RequestBody.fromString("trial")));
    var _ =
        attempts.at(
            "reading " + name,
            patience,
            () -> s3.getObjectAsBytes(request -> request.bucket(address.bucket()).key(name)));
    var _ =
        attempts.at(
            "removing " + name,
            patience,
            () -> s3.deleteObject(request -> request.bucket(address.bucket()).key(name)));
  }

  private static <R> Optional<R> orMissing(BucketException e) throws BucketException {
    if (e.reason() == Reason.MISSING) {
      return Optional.empty();
    }
    throw e;
  }

  @Override
  public void close() {
    presigner.close();
    s3.close();
  }
}

package io.pulzar.bucket;

import io.pulzar.bucket.BucketException.Reason;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Writes objects, each once. An answer that was lost is asked for again; when the bucket says then
 * that the name is taken, what stands beside the object tells whether it is the one of this write.
 */
final class ObjectWrites {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectWrites.class);

  /** Bytes a second, below which sending counts as stuck. */
  private static final int SLOWEST = 64 << 10;

  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final BucketAddress address;
  private final ObjectNames names;
  private final Attempts attempts;

  /** Some servers do not know the condition; numbers are given once, so it is a second lock. */
  private volatile boolean conditional = true;

  ObjectWrites(S3Client s3, BucketAddress address, ObjectNames names, Attempts attempts) {
    this.s3 = s3;
    this.address = address;
    this.names = names;
    this.attempts = attempts;
  }

  void write(long id, About about, byte[] bytes, int length) throws BucketException {
    String name = names.of(id);
    String digest = md5(bytes, length);
    once(
        "writing " + name,
        name,
        about,
        () -> s3.putObject(put(name, about, digest, length), body(bytes, length)));
  }

  /**
   * Makes an object, unless an earlier try whose answer was lost has made it. So a server that does
   * not know the upload any more, or that answers to its second completion what it likes, is not
   * asked twice for nothing.
   */
  private void once(String what, String name, About about, Attempts.Step<?> step)
      throws BucketException {
    AtomicBoolean tried = new AtomicBoolean();
    try {
      var _ =
          attempts.at(
              what,
              () -> {
                boolean isThere = tried.getAndSet(true) && isOf(name, about);
                return isThere ? name : unlessUnknown(step);
              });
    } catch (BucketException e) {
      boolean mayBeDone =
          e.reason() == Reason.TAKEN || e.getCause() instanceof NoSuchUploadException;
      if (!mayBeDone || !attempts.at("looking at " + name, () -> isOf(name, about))) {
        throw e;
      }
    }
  }

  private PutObjectRequest put(String name, About about, String digest, int length) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(address.bucket())
            .key(name)
            .contentMD5(digest)
            .contentLength((long) length)
            .metadata(about.metadata())
            .overrideConfiguration(timeFor(length));
    return conditional ? request.ifNoneMatch("*").build() : request.build();
  }

  Upload begin(long id, About about) throws BucketException {
    String name = names.of(id);
    String upload =
        attempts
            .at(
                "beginning " + name,
                () ->
                    s3.createMultipartUpload(
                        request ->
                            request.bucket(address.bucket()).key(name).metadata(about.metadata())))
            .uploadId();
    return new Upload(this, name, upload, about);
  }

  CompletedPart part(String name, String upload, int number, byte[] bytes, int length)
      throws BucketException {
    UploadPartRequest request =
        UploadPartRequest.builder()
            .bucket(address.bucket())
            .key(name)
            .uploadId(upload)
            .partNumber(number)
            .contentMD5(md5(bytes, length))
            .contentLength((long) length)
            .overrideConfiguration(timeFor(length))
            .build();
    String tag =
        attempts.at(
            "writing part " + number + " of " + name,
            () -> Attempts.whole(s3.uploadPart(request, body(bytes, length)).eTag()));
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  void complete(String name, String upload, About about, List<CompletedPart> parts)
      throws BucketException {
    once(
        "completing " + name,
        name,
        about,
        () ->
            s3.completeMultipartUpload(
                request -> {
                  request
                      .bucket(address.bucket())
                      .key(name)
                      .uploadId(upload)
                      .multipartUpload(all -> all.parts(parts));
                  if (conditional) {
                    request.ifNoneMatch("*");
                  }
                }));
  }

  /** Best effort: what stays behind is found by a later round. */
  void abort(String name, String upload) {
    try {
      var _ =
          attempts.at(
              "giving up " + name,
              Duration.ZERO,
              () ->
                  s3.abortMultipartUpload(
                      request -> request.bucket(address.bucket()).key(name).uploadId(upload)));
    } catch (BucketException e) {
      LOG.debug("the upload {} stays for now", name, e);
    }
  }

  /** Whether the object that has the name is the one of this write. */
  private boolean isOf(String name, About about) {
    try {
      HeadObjectResponse head =
          s3.headObject(request -> request.bucket(address.bucket()).key(name));
      return About.of(head.metadata()).filter(about::equals).isPresent();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private Object unlessUnknown(Attempts.Step<?> step) {
    try {
      return step.run();
    } catch (S3Exception e) {
      if (conditional && Attempts.isUnknownCondition(e)) {
        conditional = false;
        return step.run();
      }
      throw e;
    }
  }

  /** Without a copy of it. */
  private static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
  }

  private AwsRequestOverrideConfiguration timeFor(int length) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallAttemptTimeout(address.timeout().plusSeconds(1 + length / SLOWEST))
        .build();
  }

  private static String md5(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(bytes, 0, length);
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has MD5", e);
    }
  }
}

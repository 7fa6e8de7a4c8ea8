package io.pulzar;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A server in this process that speaks S3, with one bucket. */
public final class EmbeddedBucket implements AutoCloseable {

  public static final String BUCKET = "values";
  public static final String ACCESS_KEY = "tests";
  public static final String SECRET_KEY = "the secret of these tests";

  private static final AtomicReference<EmbeddedBucket> SHARED = new AtomicReference<>();

  private final BlobStore store;
  private final S3Proxy server;

  private EmbeddedBucket(BlobStore store) {
    this.store = store;
    this.server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    try {
      var _ = store.createContainer(CreateBucketRequest.builder().bucket(BUCKET).build());
      server.start();
    } catch (Exception e) {
      throw new AssertionError("the server of the bucket does not start", e);
    }
  }

  /** In memory, of its own. */
  public static EmbeddedBucket start() {
    return new EmbeddedBucket(new TransientNio2BlobStore());
  }

  /** On the disk, for what is too large for memory. */
  public static EmbeddedBucket startIn(Path directory) {
    return new EmbeddedBucket(new FilesystemNio2BlobStore(directory.toString()));
  }

  /** In memory, one for all tests of this process; each has a prefix of its own in it. */
  public static EmbeddedBucket shared() {
    return SHARED.updateAndGet(known -> known == null ? start() : known);
  }

  public int port() {
    return server.getPort();
  }

  /** For a server of a test; servers whose homes lie in one temporary directory share a prefix. */
  public Map<String, String> settings(Path home) {
    return settings(prefix(home), port());
  }

  private static String prefix(Path home) {
    String test =
        StreamSupport.stream(home.toAbsolutePath().spliterator(), false)
            .map(Path::toString)
            .filter(name -> name.startsWith("junit"))
            .findFirst()
            .orElse(home.getFileName().toString());
    return test.replaceAll("[^A-Za-z0-9-]", "-");
  }

  /** The same with a prefix, and a port on which the bucket is reached. */
  public static Map<String, String> settings(String prefix, int port) {
    Map<String, String> settings = new HashMap<>();
    settings.put("pulzar.values", "s3://" + BUCKET + "/" + prefix);
    settings.put("pulzar.values.endpoint", "http://127.0.0.1:" + port);
    settings.put("pulzar.values.access-key", ACCESS_KEY);
    settings.put("pulzar.values.secret-key", SECRET_KEY);
    settings.put("pulzar.values.timeout", "2s");
    settings.put("pulzar.values.patience", "3s");
    return settings;
  }

  /** The same as options of a command line. */
  public String[] options(Path home) {
    return settings(home).entrySet().stream()
        .flatMap(setting -> Stream.of("--set", setting.getKey() + "=" + setting.getValue()))
        .toArray(String[]::new);
  }

  /** The names of all objects with a prefix. */
  public Set<String> names(String prefix) {
    return store
        .list(ListObjectsV2Request.builder().bucket(BUCKET).prefix(prefix).build())
        .contents()
        .stream()
        .map(S3Object::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of the objects of values below the prefix of a test. */
  public Set<String> values(Path home) {
    return names(prefix(home) + "/values/");
  }

  /** Uploads in parts that are neither complete nor given up, below a prefix. */
  public long openUploads(String prefix) {
    return store.listMultipartUploads(BUCKET).stream()
        .filter(upload -> upload.key().startsWith(prefix))
        .count();
  }

  /** Replaces an object, behind everybody's back. */
  public void overwrite(String name, byte[] bytes) {
    var _ =
        store.putBlob(
            PutObjectRequest.builder()
                .bucket(BUCKET)
                .key(name)
                .contentLength((long) bytes.length)
                .build(),
            new java.io.ByteArrayInputStream(bytes));
  }

  /** Removes an object, behind everybody's back. */
  public void lose(String name) {
    store.removeBlob(BUCKET, name);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new AssertionError("the server of the bucket does not stop", e);
    }
    store.close();
  }
}

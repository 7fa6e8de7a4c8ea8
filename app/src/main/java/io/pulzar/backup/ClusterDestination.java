package io.pulzar.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Another cluster: a backup becomes the values {@code /backups/NAME/TIME/part-000001} and so on,
 * and at the end {@code .../complete} with the number of parts, without which it does not count.
 */
final class ClusterDestination implements Destination {

  static final String COMPLETE = "/complete";

  private final RemoteValues values;
  private final String prefix;
  private final int keep;
  private final int partBytes;

  ClusterDestination(RemoteValues values, String label, int keep, int partBytes) {
    this.values = values;
    this.prefix = "/backups/" + label + "/";
    this.keep = keep;
    this.partBytes = partBytes;
  }

  @Override
  public Optional<Instant> newest() throws IOException {
    return Optional.ofNullable(complete().lastEntry()).map(entry -> entry.getKey());
  }

  @Override
  public void store(Instant now, Content content) throws IOException {
    String folder = prefix + TIME.format(now);
    Parts parts = new Parts(folder);
    content.writeTo(parts);
    parts.send();
    values.put(folder + COMPLETE, ("" + parts.count).getBytes(StandardCharsets.UTF_8));
    forgetOld();
  }

  /** The bytes of a stored backup. */
  static void fetch(RemoteValues values, String folder, OutputStream out) throws IOException {
    String count = new String(values.get(folder + COMPLETE), StandardCharsets.UTF_8);
    for (int part = 1; part <= Integer.parseInt(count.strip()); part++) {
      out.write(values.get(name(folder, part)));
    }
  }

  /** Also what a backup left that did not come to its end. */
  private void forgetOld() throws IOException {
    NavigableMap<Instant, String> complete = complete();
    while (complete.size() > keep) {
      complete.pollFirstEntry();
    }
    for (String key : values.keys(prefix)) {
      if (complete.values().stream().noneMatch(folder -> key.startsWith(folder + "/"))) {
        values.delete(key);
      }
    }
  }

  private NavigableMap<Instant, String> complete() throws IOException {
    NavigableMap<Instant, String> complete = new TreeMap<>();
    for (String key : values.keys(prefix)) {
      if (key.endsWith(COMPLETE)) {
        String folder = key.substring(0, key.length() - COMPLETE.length());
        Destination.time(folder.substring(prefix.length()))
            .ifPresent(time -> complete.put(time, folder));
      }
    }
    return complete;
  }

  private static String name(String folder, int part) {
    return "%s/part-%06d".formatted(folder, part);
  }

  /** Collects bytes until they are a part. */
  private final class Parts extends OutputStream {

    private final String folder;
    private final byte[] part = new byte[partBytes];
    private int length;
    private int count;

    Parts(String folder) {
      this.folder = folder;
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int size) throws IOException {
      int at = offset;
      while (at < offset + size) {
        int taken = Math.min(offset + size - at, part.length - length);
        System.arraycopy(bytes, at, part, length, taken);
        at += taken;
        length += taken;
        if (length == part.length) {
          send();
        }
      }
    }

    void send() throws IOException {
      if (length > 0) {
        count++;
        values.put(name(folder, count), Arrays.copyOf(part, length));
        length = 0;
      }
    }
  }
}

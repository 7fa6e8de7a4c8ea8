package io.pulzar.scripts;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.cluster.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What nodes ask the master about scripts. */
final class ScriptOperations {

  /** Node to master: this is what I have, by its digest. */
  static final Operation<Standing, Wish> COMPARE =
      Operation.of("scripts.compare", Standing.class, Wish.class);

  /** Node to master: this is what I have, all of it. */
  static final Operation<Report, Wish> REPORT =
      Operation.of("scripts.report", Report.class, Wish.class);

  /**
   * Who asks.
   *
   * @param node its name
   * @param id of its volume, as in its heartbeats
   */
  @Serdeable
  record Asking(String node, String id) {}

  /**
   * What a node has.
   *
   * @param digest of its scripts
   */
  @Serdeable
  record Standing(Asking asking, String digest) {}

  @Serdeable
  record Report(Asking asking, List<KnownScript> scripts) {}

  /**
   * What the master wants.
   *
   * @param report whether it has to be told all scripts
   */
  @Serdeable
  record Wish(boolean report) {}

  /** Names a list of scripts: two lists have the same digest only when they are equal. */
  static String digest(List<KnownScript> scripts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (KnownScript script : scripts) {
        add(digest, script.path());
        add(digest, script.docstring());
        digest.update((byte) (script.hasClass() ? 1 : 0));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private ScriptOperations() {}
}

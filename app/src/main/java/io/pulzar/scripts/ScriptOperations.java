package io.pulzar.scripts;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.link.Operation;
import java.time.Duration;
import java.util.List;

/** What nodes ask the master about scripts. */
final class ScriptOperations {

  /** Node to master: this is what I have, by its digest. */
  static final Operation<Standing, Wish> COMPARE =
      Operation.of("scripts.compare", Standing.class, Wish.class);

  /** Node to master: this is what I have, all of it. */
  static final Operation<Report, Wish> REPORT =
      Operation.of("scripts.report", Report.class, Wish.class);

  /** Node to master: which files am I to have. */
  static final Operation<Asking, Manifest> MANIFEST =
      Operation.of("scripts.manifest", Asking.class, Manifest.class);

  /** Node to master: give me a part of one. */
  static final Operation<Part, Bytes> FETCH =
      Operation.of("scripts.fetch", Part.class, Bytes.class).patient(Duration.ofSeconds(30));

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
   * @param distributed the digest of what the node is to have from the master
   */
  @Serdeable
  record Wish(boolean report, String distributed) {}

  /** A part of a file with this content, at most a mebibyte of it. */
  @Serdeable
  record Part(Asking asking, String sha256, long offset) {}

  /**
   * The bytes, none at the end of the file.
   *
   * @param base64 of them
   */
  @Serdeable
  record Bytes(String base64) {}

  /** Names a list of scripts: two lists have the same digest only when they are equal. */
  static String digest(List<KnownScript> scripts) {
    Digest digest = new Digest();
    scripts.forEach(
        script -> digest.text(script.path()).text(script.docstring()).flag(script.hasClass()));
    return digest.hex();
  }

  private ScriptOperations() {}
}

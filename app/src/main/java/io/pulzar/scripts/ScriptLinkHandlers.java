package io.pulzar.scripts;

import io.pulzar.cluster.NodeRegistry;
import io.pulzar.http.ApiException;
import io.pulzar.link.LinkHandlers;
import io.pulzar.link.LinkServer;
import io.pulzar.scripts.ScriptOperations.Asking;
import io.pulzar.scripts.ScriptOperations.Bytes;
import io.pulzar.scripts.ScriptOperations.Wish;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Takes what nodes report about their scripts, and gives them those of the master. */
final class ScriptLinkHandlers implements LinkHandlers {

  private final Scripts scripts;
  private final NodeRegistry registry;
  private final Optional<MasterFiles> files;

  /**
   * @param files empty when nothing is distributed
   */
  ScriptLinkHandlers(Scripts scripts, NodeRegistry registry, Optional<MasterFiles> files) {
    this.files = files;
    this.scripts = scripts;
    this.registry = registry;
  }

  @Override
  public void register(LinkServer server) {
    server.on(
        ScriptOperations.COMPARE,
        standing -> {
          check(standing.asking());
          boolean wanted = scripts.isNew(standing.asking().node(), standing.digest());
          return CompletableFuture.completedStage(new Wish(wanted, digest(standing.asking())));
        });
    server.on(
        ScriptOperations.REPORT,
        report -> {
          check(report.asking());
          scripts.report(report.asking().node(), report.scripts());
          return CompletableFuture.completedStage(new Wish(false, digest(report.asking())));
        });
    server.on(
        ScriptOperations.MANIFEST,
        asking -> {
          check(asking);
          return CompletableFuture.completedStage(distributed(asking));
        });
    server.on(
        ScriptOperations.FETCH,
        part -> {
          check(part.asking());
          byte[] bytes = files.orElseThrow(MasterFiles::gone).read(part.sha256(), part.offset());
          return CompletableFuture.completedStage(
              new Bytes(Base64.getEncoder().encodeToString(bytes)));
        });
  }

  private String digest(Asking asking) {
    return scripts.isHere(asking.node())
        ? Manifest.EMPTY.digest()
        : files.map(MasterFiles::digest).orElseGet(Manifest.EMPTY::digest);
  }

  private Manifest distributed(Asking asking) {
    return scripts.isHere(asking.node())
        ? Manifest.EMPTY
        : files.map(MasterFiles::manifest).orElse(Manifest.EMPTY);
  }

  /** A second node with another one's name must not speak for it. */
  private void check(Asking asking) {
    boolean known =
        registry
            .find(asking.node())
            .filter(member -> member.facts().id().equals(asking.id()))
            .isPresent();
    if (!known) {
      throw ApiException.conflict(
          "node_not_joined", "the node " + asking.node() + " has not joined yet");
    }
  }
}

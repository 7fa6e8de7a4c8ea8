package io.pulzar.scripts;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.cluster.NodeRemovalListener;
import io.pulzar.cluster.RegisteredNodeLinks;
import io.pulzar.link.MasterLink;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Puts the feature together. */
@Factory
final class ScriptsFactory {

  @Singleton
  @Bean(preDestroy = "close")
  TreeWatch watch(Settings settings) {
    return new TreeWatch(settings.get(ServerSettings.JOBS_DIR));
  }

  @Singleton
  ScriptCatalog catalog(Settings settings, Clock clock, TreeWatch watch) {
    return new ScriptCatalog(settings.get(ServerSettings.JOBS_DIR), clock, watch::version);
  }

  @OnMaster
  @Singleton
  Scripts scripts(ScriptCatalog catalog, RegisteredNodeLinks links) {
    return new Scripts(catalog, links::isHere);
  }

  @OnMaster
  @Singleton
  ScriptLinkHandlers offer(
      Scripts scripts, NodeRegistry registry, Settings settings, Clock clock, TreeWatch watch) {
    Optional<MasterFiles> files =
        settings.get(ScriptSettings.DISTRIBUTE)
            ? Optional.of(
                new MasterFiles(
                    settings.get(ServerSettings.JOBS_DIR),
                    settings.get(ScriptSettings.DISTRIBUTED_SIZE),
                    clock,
                    watch::version))
            : Optional.empty();
    return new ScriptLinkHandlers(scripts, registry, files);
  }

  @OnMaster
  @Singleton
  NodeRemovalListener departure(Scripts scripts) {
    return new ScriptNodeRemoval(scripts);
  }

  @OnNode
  @Singleton
  Distribution distribution(Settings settings, Clock clock) {
    return new Distribution(
        ServerSettings.volume(settings).resolve("scripts"),
        clock,
        settings.get(ScriptSettings.KEPT));
  }

  @OnNode
  @Singleton
  NodeScripts onNode(Settings settings, ScriptCatalog catalog, Distribution distribution) {
    return new NodeScripts(settings.get(ServerSettings.JOBS_DIR), catalog, distribution);
  }

  @OnNode
  @Singleton
  ScriptReports reports(
      NodeScripts scripts, Distribution distribution, MasterLink master, NodeIdentity identity) {
    return new ScriptReports(scripts, distribution, master, identity);
  }

  @OnNode
  @Singleton
  ScriptCount count(NodeScripts scripts) {
    return new ScriptCount(scripts);
  }
}

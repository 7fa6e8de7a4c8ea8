package io.pulzar.scripts;

import io.micronaut.context.annotation.Factory;
import io.pulzar.cluster.Departure;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.cluster.RegisteredNodeLinks;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the feature together. */
@Factory
final class ScriptsFactory {

  @Singleton
  ScriptCatalog catalog(Settings settings, Clock clock) {
    return new ScriptCatalog(settings.get(ServerSettings.JOBS_DIR), clock);
  }

  @OnMaster
  @Singleton
  Scripts scripts(ScriptCatalog catalog, RegisteredNodeLinks links) {
    return new Scripts(catalog, links::isHere);
  }

  @OnMaster
  @Singleton
  ScriptOffer offer(Scripts scripts, NodeRegistry registry) {
    return new ScriptOffer(scripts, registry);
  }

  @OnMaster
  @Singleton
  Departure departure(Scripts scripts) {
    return new ScriptDeparture(scripts);
  }

  @OnNode
  @Singleton
  ScriptCount count(ScriptCatalog catalog) {
    return new ScriptCount(catalog);
  }
}

package io.pulzar.editor;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.json.JsonMapper;
import io.pulzar.jobs.JobSettingList;
import io.pulzar.jobs.RunLimitsPolicy;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.python.ScriptServices;
import io.pulzar.roles.OnMaster;
import io.pulzar.runner.OutcomeWords;
import io.pulzar.secrets.RunSecrets;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Puts the feature together. */
@OnMaster
@Factory
final class EditorFactory {

  private static final String DATABASE = "sources";

  @Singleton
  @Named(DATABASE)
  @Bean(preDestroy = "close")
  Database database(StorageEngine storage, Settings settings) {
    Path directory = settings.get(ServerSettings.HOME).resolve("master").resolve(DATABASE);
    return storage.open(directory, SourceVersions.TABLES);
  }

  @Singleton
  EditorSwitch editing(Settings settings) {
    return new EditorSwitch(
        settings.get(EditorSettings.ACTIVE), settings.get(EditorSettings.LARGEST));
  }

  @Singleton
  SourceEditor editor(@Named(DATABASE) Database database, Settings settings, Clock clock) {
    long largest = settings.get(EditorSettings.LARGEST);
    return new SourceEditor(
        Map.of(
            SourceFile.Kind.JOBS,
            new SourceDirectory(settings.get(ServerSettings.JOBS_DIR), largest),
            SourceFile.Kind.EXTENSIONS,
            new SourceDirectory(settings.get(ServerSettings.EXTENSIONS_DIR), largest)),
        new SourceVersions(database, settings.get(EditorSettings.VERSIONS)),
        largest,
        clock);
  }

  @Singleton
  DraftRuns draftRuns(
      PythonRuntime python,
      ScriptServices services,
      RunLimitsPolicy policy,
      RunSecrets secrets,
      JsonMapper json,
      Settings settings) {
    Path drafts = settings.get(ServerSettings.HOME).resolve("drafts");
    DraftTree.removeAll(drafts);
    return new DraftRuns(
        drafts,
        Map.of(
            SourceFile.Kind.JOBS,
            settings.get(ServerSettings.JOBS_DIR),
            SourceFile.Kind.EXTENSIONS,
            settings.get(ServerSettings.EXTENSIONS_DIR)),
        python,
        services,
        policy,
        secrets,
        new OutcomeWords(json, settings.get(JobSettingList.RESULT)),
        settings);
  }
}

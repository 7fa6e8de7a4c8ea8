package io.pulzar;

import io.pulzar.access.AccessSettings;
import io.pulzar.alarms.AlarmSettingList;
import io.pulzar.backup.BackupSettings;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.cluster.ClusterSettings;
import io.pulzar.editor.EditorSettings;
import io.pulzar.extensions.ExtensionSettings;
import io.pulzar.health.HealthSettings;
import io.pulzar.jobs.JobSettingList;
import io.pulzar.keys.KeySettings;
import io.pulzar.keys.ReplicationSettings;
import io.pulzar.link.LinkSettings;
import io.pulzar.logs.LogSettingList;
import io.pulzar.mcp.McpSettings;
import io.pulzar.oidc.OidcSettings;
import io.pulzar.python.WorkerSettings;
import io.pulzar.records.RecordSettings;
import io.pulzar.runner.RunnerSettings;
import io.pulzar.schedules.ScheduleSettingList;
import io.pulzar.scripts.ScriptSettings;
import io.pulzar.secrets.SecretSettings;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Setting;
import io.pulzar.settings.TlsSettings;
import io.pulzar.storage.StorageSettings;
import io.pulzar.tracing.TracingSettings;
import java.util.List;
import java.util.stream.Stream;

/** All settings of all features; one that is not here can't be set. */
final class EverySetting {

  static final List<Setting<?>> LIST =
      Stream.of(
              ServerSettings.ALL,
              TlsSettings.ALL,
              StorageSettings.ALL,
              AccessSettings.ALL,
              OidcSettings.ALL,
              SecretSettings.ALL,
              AlarmSettingList.ALL,
              ClusterSettings.ALL,
              LinkSettings.ALL,
              WorkerSettings.ALL,
              KeySettings.ALL,
              ReplicationSettings.ALL,
              BucketSettings.ALL,
              ExtensionSettings.ALL,
              JobSettingList.ALL,
              RunnerSettings.ALL,
              ScriptSettings.ALL,
              EditorSettings.ALL,
              ScheduleSettingList.ALL,
              BackupSettings.ALL,
              RecordSettings.ALL,
              HealthSettings.ALL,
              LogSettingList.ALL,
              McpSettings.ALL,
              TracingSettings.ALL)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private EverySetting() {}
}

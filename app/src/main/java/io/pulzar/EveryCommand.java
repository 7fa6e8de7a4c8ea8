package io.pulzar;

import io.micronaut.json.JsonMapper;
import io.pulzar.backup.BackupCommand;
import io.pulzar.backup.MigrateCommand;
import io.pulzar.backup.RestoreCommand;
import io.pulzar.cli.AlarmsCommand;
import io.pulzar.cli.CancelCommand;
import io.pulzar.cli.CheckCommand;
import io.pulzar.cli.CommandContext;
import io.pulzar.cli.CommandList;
import io.pulzar.cli.CommandPage;
import io.pulzar.cli.CompletionCommand;
import io.pulzar.cli.DrainCommand;
import io.pulzar.cli.EditCommand;
import io.pulzar.cli.GetCommand;
import io.pulzar.cli.GrantCommand;
import io.pulzar.cli.HelpCommand;
import io.pulzar.cli.JobsCommand;
import io.pulzar.cli.KeysCommand;
import io.pulzar.cli.LaunchCommand;
import io.pulzar.cli.LoginCommand;
import io.pulzar.cli.LogsCommand;
import io.pulzar.cli.ManCommand;
import io.pulzar.cli.NodesCommand;
import io.pulzar.cli.OpenCommand;
import io.pulzar.cli.PutCommand;
import io.pulzar.cli.RecordsCommand;
import io.pulzar.cli.RemoveCommand;
import io.pulzar.cli.RerunCommand;
import io.pulzar.cli.RmCommand;
import io.pulzar.cli.ScheduleCommand;
import io.pulzar.cli.ScheduleControlCommand;
import io.pulzar.cli.SchedulesCommand;
import io.pulzar.cli.ScriptsCommand;
import io.pulzar.cli.SecretsCommand;
import io.pulzar.cli.Terminal;
import io.pulzar.cli.TokenCommand;
import io.pulzar.cli.UserCommand;
import io.pulzar.cli.ValuesCommand;
import io.pulzar.cli.VariablesCommand;
import io.pulzar.cli.VersionCommand;
import io.pulzar.doctor.DoctorCommand;
import io.pulzar.openapi.HttpPage;
import io.pulzar.packages.PackagesCommand;
import io.pulzar.python.WorkerSettings;
import java.util.Map;
import java.util.function.Supplier;

/** Every command of the program, in the order of the help. */
final class EveryCommand {

  private EveryCommand() {}

  static CommandList with(CommandContext context) {
    Terminal terminal = context.terminal();
    CommandList all = new CommandList(terminal);
    Map<String, Supplier<String>> pages =
        Map.of(
            "settings", () -> SettingsPage.render(EverySetting.LIST),
            "command-line", () -> CommandPage.render(all),
            "http", () -> HttpPage.render(JsonMapper.createDefault()));
    return all.group("Jobs")
        .add("launch", () -> new LaunchCommand(context))
        .add("jobs", () -> new JobsCommand(context))
        .add("logs", () -> new LogsCommand(context))
        .add("cancel", () -> new CancelCommand(context))
        .add("rerun", () -> new RerunCommand(context))
        .group("Scripts")
        .add("scripts", () -> new ScriptsCommand(context))
        .add("edit", () -> new EditCommand(context))
        .add("packages", () -> new PackagesCommand(context, WorkerSettings::openBeside))
        .add("alarms", () -> new AlarmsCommand(context))
        .add("secrets", () -> new SecretsCommand(context))
        .add("variables", () -> new VariablesCommand(context))
        .group("Schedules")
        .add("schedule", () -> new ScheduleCommand(context))
        .add("schedules", () -> new SchedulesCommand(context))
        .add("pause", () -> new ScheduleControlCommand.Pause(context))
        .add("resume", () -> new ScheduleControlCommand.Resume(context))
        .add("run-now", () -> new ScheduleControlCommand.RunNow(context))
        .group("Keys and records")
        .add("put", () -> new PutCommand(context))
        .add("get", () -> new GetCommand(context))
        .add("keys", () -> new KeysCommand(context))
        .add("rm", () -> new RmCommand(context))
        .add("records", () -> new RecordsCommand(context))
        .group("Who may do what")
        .add("login", () -> new LoginCommand(context))
        .add("token", () -> new TokenCommand(context))
        .add("user", () -> new UserCommand(context))
        .add("grant", () -> new GrantCommand(context))
        .add("certificate", () -> new CertificateCommand(context))
        .group("Servers")
        .add("start", () -> new StartCommand(terminal.out()))
        .add("nodes", () -> new NodesCommand(context))
        .add("drain", () -> new DrainCommand(context))
        .add("remove", () -> new RemoveCommand(context))
        .add("check", () -> new CheckCommand(context))
        .add("values", () -> new ValuesCommand(context))
        .add("backup", () -> new BackupCommand(context))
        .add("restore", () -> new RestoreCommand(context))
        .add("migrate", () -> new MigrateCommand(context))
        .add("doctor", () -> new DoctorCommand(context, WorkerSettings::open))
        .group("This program")
        .add("demo", () -> new DemoCommand(terminal.out()))
        .add("open", () -> new OpenCommand(context))
        .add("version", () -> new VersionCommand(context))
        .add("completion", () -> new CompletionCommand(all, terminal))
        .add("man", () -> new ManCommand(all, terminal))
        .add("help", () -> new HelpCommand(all, pages, terminal));
  }
}

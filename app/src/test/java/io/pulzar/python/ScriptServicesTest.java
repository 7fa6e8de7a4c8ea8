package io.pulzar.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun.Purpose;
import io.pulzar.rights.Identity;
import io.pulzar.rights.ScriptRights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptServicesTest {

  @TempDir Path directory;

  /** A service that does one thing. */
  private interface Doing {
    String answer(ScriptRun run) throws HostCallException, IOException;
  }

  private record Service(Doing doing) implements ScriptService {

    @Override
    public String name() {
      return "service";
    }

    @Override
    public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
      return doing.answer(run);
    }
  }

  /** Nobody granted anything. */
  private static final class Everything implements ScriptRights {

    @Override
    public Identity of(String script) {
      return Identity.ofInstallation(script);
    }

    @Override
    public void refused(String who, String run, String what) {
      throw new AssertionError(who + " was refused " + what);
    }
  }

  @Test
  void aFaultOfTheServerIsNoFaultOfTheArgumentsAndNamesNoPath() {
    assertThatThrownBy(
            () ->
                ask(
                    run -> {
                      throw new IOException("/secret/path is broken");
                    }))
        .isInstanceOfSatisfying(
            HostCallException.class, refused -> assertThat(refused.type()).isEqualTo("OSError"))
        .hasMessage("the server could not do service; its log says why");
  }

  @Test
  void whatAServiceRefusesReachesTheScriptAsItIs() {
    assertThatThrownBy(
            () ->
                ask(
                    run -> {
                      throw new HostCallException("KeyError", "there is no key a");
                    }))
        .isInstanceOfSatisfying(
            HostCallException.class, refused -> assertThat(refused.type()).isEqualTo("KeyError"))
        .hasMessage("there is no key a");
  }

  @Test
  void aServiceMayBeTheFirstToWriteIntoTheDirectoryOfTheRun() throws Exception {
    String written =
        ask(run -> Files.writeString(run.madeScratch().resolve("value"), "x").toString());
    assertThat(Path.of(written)).hasContent("x");
  }

  private String ask(Doing doing) throws HostCallException {
    return new ScriptServices(List.of(new Service(doing)), new Everything())
        .forJob(Purpose.JOB, 1, "a/b")
        .call("service", "{}", directory.resolve("not/there/yet"));
  }
}

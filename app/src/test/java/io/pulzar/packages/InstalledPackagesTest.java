package io.pulzar.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.packages.InstalledPackages.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstalledPackagesTest {

  @TempDir Path directory;

  @Test
  void thoseThatAreThereAreListedByName() throws IOException {
    InstalledPackages packages =
        folder("site", Wheel.pure("zeta", "1.0"), Wheel.pure("Alpha", "2"));
    assertThat(packages.all()).extracting(Installed::name).containsExactly("Alpha", "zeta");
    assertThat(packages.find("ALPHA")).map(Installed::version).contains("2");
    assertThat(new InstalledPackages(directory.resolve("nowhere")).all()).isEmpty();
  }

  @Test
  void namesAreAlikeAsTheIndexTakesThem() throws IOException {
    assertThat(folder("site", Wheel.pure("my_Own.pkg", "1")).find("my-own-pkg")).isPresent();
  }

  @Test
  void whatIsRemovedLeavesNothingBehind() throws IOException {
    InstalledPackages packages = folder("site", Wheel.pure("gone", "1.0"), Wheel.pure("kept", "1"));
    packages.remove(packages.find("gone").orElseThrow());
    assertThat(packages.all()).extracting(Installed::name).containsExactly("kept");
    assertThat(directory.resolve("site/gone")).doesNotExist();
    assertThat(directory.resolve("site/kept/__init__.py")).exists();
  }

  @Test
  void aDamagedRecordCannotDeleteWhatLiesOutside() throws IOException {
    Path outside = Files.writeString(directory.resolve("precious"), "");
    InstalledPackages packages = folder("site", Wheel.pure("sly", "1.0"));
    Files.writeString(
        directory.resolve("site/sly-1.0.dist-info/RECORD"), "../precious,,\n" + outside + ",,\n");
    packages.remove(packages.find("sly").orElseThrow());
    assertThat(outside).exists();
  }

  @Test
  void aNewVersionTakesThePlaceOfTheOldOne() throws IOException {
    InstalledPackages packages = folder("site", Wheel.pure("tool", "1.0"));
    Files.writeString(directory.resolve("site/tool/old.py"), "");
    Files.writeString(
        directory.resolve("site/tool-1.0.dist-info/RECORD"),
        "tool/__init__.py,,\ntool/old.py,,\ntool-1.0.dist-info/METADATA,,\n");
    folder("new", Wheel.pure("tool", "2.0"));
    assertThat(packages.take(directory.resolve("new")))
        .extracting(Installed::version)
        .containsExactly("2.0");
    assertThat(packages.all()).extracting(Installed::version).containsExactly("2.0");
    assertThat(directory.resolve("site/tool/old.py")).doesNotExist();
    assertThat(directory.resolve("site/tool/__init__.py")).exists();
  }

  private InstalledPackages folder(String name, Wheel... wheels) throws IOException {
    Path folder = directory.resolve(name);
    for (Wheel wheel : wheels) {
      for (Map.Entry<String, String> file : wheel.files().entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
    }
    return new InstalledPackages(folder);
  }
}

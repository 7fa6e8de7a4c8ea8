package io.pulzar;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.pulzar.settings.Setting;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EverySettingTest {

  @Test
  void everyDeclaredSettingIsInTheList() throws Exception {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.pulzar");
    List<Object> declared = new ArrayList<>();
    for (JavaField field : classes.stream().flatMap(type -> type.getFields().stream()).toList()) {
      if (field.getRawType().isEquivalentTo(Setting.class)
          && field.getModifiers().contains(JavaModifier.STATIC)) {
        Field reflected = field.reflect();
        reflected.setAccessible(true);
        declared.add(reflected.get(null));
      }
    }
    assertThat(EverySetting.LIST).hasSameElementsAs(castAll(declared)).doesNotHaveDuplicates();
  }

  @Test
  void everySettingIsInTheDocumentation() throws Exception {
    String page = SettingsPage.render(EverySetting.LIST);
    Path rendered = Files.writeString(Path.of("target/settings.md"), page);
    assertThat(Path.of("../docs/settings.md"))
        .as("docs/settings.md is not up to date: replace it with app/%s", rendered)
        .hasContent(page);
  }

  private static List<Setting<?>> castAll(List<Object> objects) {
    List<Setting<?>> settings = new ArrayList<>();
    objects.forEach(object -> settings.add((Setting<?>) object));
    return settings;
  }
}

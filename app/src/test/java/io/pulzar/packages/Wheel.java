package io.pulzar.packages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A package of one module, as the smallest wheel that pip takes (PEP 427). */
record Wheel(String name, String version, String tag, String code, String needs) {

  static Wheel pure(String name, String version) {
    return of(name, version, "py3-none-any");
  }

  static Wheel of(String name, String version, String tag) {
    return new Wheel(name, version, tag, "", "");
  }

  Wheel with(String module) {
    return new Wheel(name, version, tag, module, needs);
  }

  Wheel needing(String other) {
    return new Wheel(name, version, tag, code, "Requires-Dist: " + other + "\n");
  }

  Path into(Path folder) throws IOException {
    Path file = folder.resolve("%s-%s-%s.whl".formatted(name, version, tag));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : files().entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  /** What an installed one consists of. */
  Map<String, String> files() {
    String about = name + "-" + version + ".dist-info/";
    Map<String, String> files = new LinkedHashMap<>();
    files.put(name + "/__init__.py", code);
    files.put(
        about + "METADATA",
        "Metadata-Version: 2.1\nName: %s\nVersion: %s\n%s".formatted(name, version, needs));
    files.put(about + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: " + tag + "\n");
    files.put(
        about + "RECORD", String.join(",,\n", files.keySet()) + ",,\n" + about + "RECORD,,\n");
    return files;
  }
}

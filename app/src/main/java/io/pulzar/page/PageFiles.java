package io.pulzar.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that a browser fetches, ready to be sent. */
@Singleton
@OnMaster
final class PageFiles {

  private static final String FIRST = "index.html";
  private static final int VERSION_BYTES = 10;

  private record Loaded(String version, PageFile first, Map<String, PageFile> files) {}

  private volatile @Nullable Loaded loaded;

  /** The page itself; it names the others by their version. */
  PageFile first() {
    return all().first();
  }

  /** The digest of all files together, which is the name of their folder. */
  String version() {
    return all().version();
  }

  /**
   * @param path below the folder: {@code pages/runs.js}
   */
  Optional<PageFile> find(String path) {
    return Optional.ofNullable(all().files().get(path));
  }

  /** Every path below the folder. */
  Set<String> paths() {
    return all().files().keySet();
  }

  private Loaded all() {
    Loaded known = loaded;
    if (known == null) {
      synchronized (this) {
        known = loaded;
        if (known == null) {
          known = load();
          loaded = known;
        }
      }
    }
    return known;
  }

  private static Loaded load() {
    try {
      SortedMap<String, byte[]> contents = ClassPathFolder.read(PageFiles.class, "web", FIRST);
      addLibraries(contents);
      String version = digest(contents);
      String first = new String(take(contents, FIRST), UTF_8);
      Map<String, PageFile> files = new HashMap<>();
      contents.forEach((name, bytes) -> files.put(name, new PageFile(name, bytes)));
      String preloaded =
          first
              .lines()
              .map(line -> line.replace("{files}", "/page/" + version))
              .collect(Collectors.joining("\n", "", "\n"));
      return new Loaded(version, new PageFile(FIRST, preloaded.getBytes(UTF_8)), files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] take(SortedMap<String, byte[]> contents, String name) {
    byte[] bytes = contents.remove(name);
    if (bytes == null) {
      throw new IllegalStateException("the page lacks " + name);
    }
    return bytes;
  }

  private static void addLibraries(SortedMap<String, byte[]> contents) throws IOException {
    String npm = "org.webjars.npm";
    add(contents, "preact.js", npm, "preact", "dist/preact.module.js", UnaryOperator.identity());
    add(
        contents,
        "hooks.js",
        npm,
        "preact",
        "hooks/dist/hooks.module.js",
        PageFiles::withRelativeImports);
    add(contents, "htm.js", "org.mvnpm", "htm", "dist/htm.module.js", UnaryOperator.identity());
    add(
        contents,
        "uplot.js",
        npm,
        "uplot",
        "dist/uPlot.iife.min.js",
        text -> text + "\nexport default uPlot;\n");
    add(contents, "uplot.css", npm, "uplot", "dist/uPlot.min.css", UnaryOperator.identity());
  }

  private static void add(
      SortedMap<String, byte[]> contents,
      String name,
      String group,
      String artifact,
      String file,
      UnaryOperator<String> change)
      throws IOException {
    String text = new String(ClassPathFolder.ofLibrary(group, artifact, file), UTF_8);
    contents.put("vendor/" + name, change.apply(withoutMap(text)).getBytes(UTF_8));
  }

  /** What is imported by name in the npm world is a file beside the importing one here. */
  private static String withRelativeImports(String text) {
    return text.replace("from\"preact\"", "from\"./preact.js\"");
  }

  /** The maps are not served, and a browser's tools would ask for them. */
  private static String withoutMap(String text) {
    return text.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  private static String digest(SortedMap<String, byte[]> contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      contents.forEach(
          (name, bytes) -> {
            digest.update((name + "\0" + bytes.length + "\0").getBytes(UTF_8));
            digest.update(bytes);
          });
      return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

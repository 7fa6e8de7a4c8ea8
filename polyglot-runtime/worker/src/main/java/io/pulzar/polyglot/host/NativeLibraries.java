package io.pulzar.polyglot.host;

import io.pulzar.polyglot.HostCallException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries and their data, unpacked from the jars into a folder that all workers share.
 *
 * <p>The folder's name carries the versions, so that an update never mixes files. Each file is
 * written beside its place and moved there, so that two workers that start together both find whole
 * files. A file is taken as it is when its size is the packed one.
 *
 * <p>The build fills a folder in the runtime image, and workers are told of it with {@code
 * -Dpulzar.natives}; without that they use {@code ~/.pulzar/natives}.
 */
public final class NativeLibraries {

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);

  /** Names the folder; it changes with any of the libraries. */
  public static final String VERSION =
      "opencv-4.9.0-0_tesseract-5.5.2-1.5.13_jna-5.18.1_sqlite-3.53.4.0";

  /** What is unpacked: the resource in a jar and the file it becomes. */
  private record Packed(String resource, String file) {}

  private final Path folder;
  private final String opencv;
  private final String bytedeco;
  private final String jna;
  private final String sqlite;

  private NativeLibraries(Path folder, String opencv, String bytedeco, String jna, String sqlite) {
    this.folder = folder;
    this.opencv = opencv;
    this.bytedeco = bytedeco;
    this.jna = jna;
    this.sqlite = sqlite;
  }

  /** The libraries for this machine. */
  public static NativeLibraries ofThisMachine() throws HostCallException {
    return in(home());
  }

  /** The libraries for this machine, unpacked below another folder. */
  public static NativeLibraries in(Path home) throws HostCallException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    Path folder = home.resolve(VERSION);
    return switch (system + " " + machine) {
      case "linux amd64", "linux x86_64" ->
          new NativeLibraries(folder, "x86_64", "linux-x86_64", "linux-x86-64", "x86_64");
      case "linux aarch64", "linux arm64" ->
          new NativeLibraries(folder, "ARMv8", "linux-arm64", "linux-aarch64", "aarch64");
      default ->
          throw new HostCallException(
              "NotImplementedError",
              "image recognition and SQLite come for Linux on x86-64 and arm64, not for "
                  + system
                  + " "
                  + machine);
    };
  }

  private static Path home() {
    String named = System.getProperty("pulzar.natives", "");
    return named.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".pulzar", "natives")
        : Path.of(named);
  }

  /** OpenCV's library for {@link System#load}. */
  public Path opencv() throws HostCallException {
    return unpack(
        new Packed(
            "nu/pattern/opencv/linux/" + opencv + "/libopencv_java490.so", "libopencv_java490.so"));
  }

  /** The folder with JNA's own library, and Tesseract's under the name that JNA looks for. */
  public Path tesseract() throws HostCallException {
    unpack(new Packed("com/sun/jna/" + jna + "/libjnidispatch.so", "libjnidispatch.so"));
    unpack(new Packed(bytedeco("leptonica", "libleptonica.so.6"), "libleptonica.so.6"));
    unpack(new Packed(bytedeco("tesseract", "libtesseract.so.5.5"), "libtesseract.so.5.5"));
    link(folder.resolve("libtesseract.so"), "libtesseract.so.5.5");
    return folder;
  }

  /** The folder with the languages that ship: English, and the detection of orientation. */
  public Path languages() throws HostCallException {
    for (String language : List.of("eng", "osd")) {
      String name = "tessdata/" + language + ".traineddata";
      unpack(new Packed(name, name));
    }
    return folder.resolve("tessdata");
  }

  /** SQLite with its Java binding. */
  public Path sqlite() throws HostCallException {
    return unpack(
        new Packed("org/sqlite/native/Linux/" + sqlite + "/libsqlitejdbc.so", "libsqlitejdbc.so"));
  }

  private String bytedeco(String library, String file) {
    return "org/bytedeco/" + library + "/" + bytedeco + "/" + file;
  }

  private Path unpack(Packed packed) throws HostCallException {
    Path file = folder.resolve(packed.file());
    try {
      URLConnection resource = resource(packed.resource());
      if (Files.isRegularFile(file) && Files.size(file) == resource.getContentLengthLong()) {
        return file;
      }
      Path directory = Files.createDirectories(folder.resolve(packed.file()).getParent());
      Path part = Files.createTempFile(directory, "part-", "");
      try (InputStream bytes = resource.getInputStream()) {
        Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      return file;
    } catch (IOException failed) {
      throw unavailable(failed);
    }
  }

  /** Gives a file a second name. A copy instead would load the library twice. */
  private void link(Path name, String target) throws HostCallException {
    try {
      if (!Files.isSymbolicLink(name)) {
        Files.createSymbolicLink(name, Path.of(target));
      }
    } catch (IOException failed) {
      // Another worker may have made the same link in between.
      if (!Files.isSymbolicLink(name)) {
        throw unavailable(failed);
      }
    }
  }

  /** The path is for the log; a script is not told where the host keeps things. */
  private HostCallException unavailable(IOException failed) {
    LOG.error(
        "The native libraries can't be unpacked into {}: name a writable folder with pulzar.natives",
        folder,
        failed);
    return new HostCallException(
        "OSError", "the native libraries can't be unpacked on this node; its log says why");
  }

  private static URLConnection resource(String name) throws IOException {
    URL url = NativeLibraries.class.getClassLoader().getResource(name);
    if (url == null) {
      throw new FileNotFoundException(name + " is in no jar of the class path");
    }
    return url.openConnection();
  }
}

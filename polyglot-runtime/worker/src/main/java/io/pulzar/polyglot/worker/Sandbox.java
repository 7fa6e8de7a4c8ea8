package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.host.FilesService;
import io.pulzar.polyglot.host.HostServices;
import io.pulzar.polyglot.host.NativeLibraries;
import io.pulzar.polyglot.host.bzip2.Bzip2Service;
import io.pulzar.polyglot.host.characters.CharactersService;
import io.pulzar.polyglot.host.hashes.HashesService;
import io.pulzar.polyglot.host.json.JsonService;
import io.pulzar.polyglot.host.ocr.OcrService;
import io.pulzar.polyglot.host.pillow.ImagingService;
import io.pulzar.polyglot.host.sql.FurtherDrivers;
import io.pulzar.polyglot.host.sql.OdbcService;
import io.pulzar.polyglot.host.sql.PostgresService;
import io.pulzar.polyglot.host.sql.SqliteService;
import io.pulzar.polyglot.host.vision.VisionService;
import io.pulzar.polyglot.host.xml.XmlService;
import io.pulzar.polyglot.host.xz.XzService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.io.IOAccess;

/** Builds contexts that can do nothing but what is allowed here, name by name. */
final class Sandbox implements AutoCloseable {

  /** Of the engine: it is there, and does not compile. */
  private static final String COMPILATION = "polyglot.engine.Compilation";

  private static final int READY_CLOSERS = 3;

  private final Engine engine;
  private final Duration cleanUp;

  /** In python-lib: modules of the standard library that GraalPy keeps in native code. */
  private static final String MISSING_STANDARD = "_standard";

  private final List<Path> libraries = new ArrayList<>();
  private final List<Path> packages = new ArrayList<>();
  private final LibraryFiles libraryFiles = new LibraryFiles();
  private final LearnedImports imports = new LearnedImports();
  private final PathCache<PathAreas.Place> libraryPlaces = new PathCache<>();

  private final HostServices services = new HostServices(builders());

  /** Their threads are there before a script can use up all that the system gives. */
  private final ThreadPoolExecutor closers =
      new ThreadPoolExecutor(
          READY_CLOSERS,
          Integer.MAX_VALUE,
          1,
          TimeUnit.MINUTES,
          new SynchronousQueue<>(),
          task -> new WorkerThread("close-context", task));

  private final HostAccess hostAccess =
      HostAccess.newBuilder().allowAccessAnnotatedBy(HostAccess.Export.class).build();

  Sandbox(WorkerOptions options) throws IOException {
    cleanUp = options.cleanUp();
    libraries.add(options.pythonHome().toRealPath());
    libraries.add(options.pythonLib().toRealPath());
    for (Path directory : options.packages()) {
      packages.add(directory.toRealPath());
    }
    int _ = closers.prestartAllCoreThreads();
    engine =
        Engine.newBuilder("python")
            .allowExperimentalOptions(true)
            .option("engine.WarnInterpreterOnly", "false")
            .build();
  }

  /** What a script has for its {@code finally} and {@code atexit} when it is stopped. */
  Duration cleanUp() {
    return cleanUp;
  }

  /** Closes contexts, each on a thread of its own. */
  Executor closers() {
    return closers;
  }

  /** Whether Python is compiled to machine code. */
  boolean isCompiled() {
    return !engine.getImplementationName().equals("Interpreted")
        && Boolean.parseBoolean(System.getProperty(COMPILATION, "true"));
  }

  String version() {
    return engine.getVersion();
  }

  /** What scripts can do through Java; nothing of it is loaded before a script asks. */
  HostServices services() {
    return services;
  }

  /** The directories of the host that every script sees. */
  List<Path> directories() {
    List<Path> all = new ArrayList<>(packages);
    all.addAll(libraries);
    return all;
  }

  /** Where modules are searched after the standard library. */
  List<Path> searchPath() {
    List<Path> path = new ArrayList<>(packages);
    path.add(libraries.getLast());
    path.add(libraries.getLast().resolve(MISSING_STANDARD));
    return path;
  }

  /** The folder of installed packages that is searched first; empty when there is none. */
  String packages() {
    return packages.isEmpty() ? "" : packages.getFirst().toString();
  }

  /** What the scripts of all contexts import. */
  LearnedImports imports() {
    return imports;
  }

  SandboxFileSystem newFileSystem() {
    return new SandboxFileSystem(
        new PathAreas(libraries, packages, libraryPlaces), libraryFiles, libraries.getFirst());
  }

  Context newContext(SandboxFileSystem files, HostPort port, boolean network) {
    return Context.newBuilder("python")
        .engine(engine)
        .allowHostAccess(hostAccess)
        .allowHostClassLookup(name -> false)
        .allowHostClassLoading(false)
        .allowNativeAccess(false)
        .allowPolyglotAccess(PolyglotAccess.NONE)
        .allowEnvironmentAccess(EnvironmentAccess.NONE)
        .allowCreateProcess(true)
        .processHandler(
            command -> {
              throw new AccessDeniedException(
                  command.getCommand().getFirst(), null, "scripts cannot start processes");
            })
        .allowCreateThread(true)
        .allowValueSharing(false)
        .allowInnerContextOptions(false)
        .allowIO(IOAccess.newBuilder().fileSystem(files).allowHostSocketAccess(network).build())
        .in(InputStream.nullInputStream())
        .out(new LogStream(port))
        .err(new LogStream(port))
        .useSystemExit(false)
        .allowExperimentalOptions(true)
        .option("python.PythonHome", libraries.getFirst().toString())
        .option("python.PosixModuleBackend", "java")
        .option("python.NoUserSiteFlag", "true")
        .option("python.IgnoreEnvironmentFlag", "true")
        .option("python.DontWriteBytecodeFlag", "true")
        .option("python.SafePathFlag", "true")
        .option("python.CatchAllExceptions", "true")
        .option("python.WarnExperimentalFeatures", "false")
        .build();
  }

  @Override
  public void close() {
    closers.shutdown();
    engine.close(true);
  }

  private static Map<String, HostServices.Builder> builders() {
    Map<String, HostServices.Builder> known = new HashMap<>();
    known.put("bzip2", () -> new Bzip2Service());
    known.put("characters", () -> new CharactersService());
    known.put("files", () -> new FilesService());
    known.put("hashes", () -> new HashesService());
    known.put("imaging", () -> new ImagingService());
    known.put("json", () -> new JsonService());
    known.put("ocr", () -> new OcrService(NativeLibraries.ofThisMachine()));
    known.put("odbc", () -> new OdbcService(FurtherDrivers.ofThisMachine()));
    known.put("postgres", () -> new PostgresService());
    known.put("sqlite", () -> new SqliteService(NativeLibraries.ofThisMachine()));
    known.put("vision", () -> new VisionService(NativeLibraries.ofThisMachine()));
    known.put("xml", () -> new XmlService());
    known.put("xz", () -> new XzService());
    return known;
  }
}

package io.pulzar;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.runtime.server.EmbeddedServer;
import io.pulzar.access.AccessSettings;
import io.pulzar.backup.BackupSources;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.bucket.OnBucket;
import io.pulzar.cluster.ListeningAddress;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.cluster.RegisteredNodeLinks;
import io.pulzar.health.HealthCheck.State;
import io.pulzar.health.HealthReport;
import io.pulzar.http.ServerCertificate;
import io.pulzar.link.ClusterKey;
import io.pulzar.link.InProcessLink;
import io.pulzar.link.LinkServer;
import io.pulzar.masters.Candidacy;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.rights.Access;
import io.pulzar.roles.Role;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.ServerSettings.Roles;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.StorageException;
import io.pulzar.storage.StorageSettings;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The roles that one process has, each a context with its own port.
 *
 * <p>The master starts first and stops last, so that a node's last reports find it.
 */
public final class Server implements AutoCloseable {

  private static final int LONGEST_LINE = 16_384;
  private static final long READY_LOOK_MILLIS = 20;

  private final List<Object> shared;
  private final Settings settings;
  private final StartChecks checks;
  private final ClusterKey key;
  private @Nullable PythonRuntime python;
  private @Nullable StorageEngine storage;
  private @Nullable ApplicationContext master;
  private @Nullable ApplicationContext node;

  private Server(Settings settings, Clock clock, StartChecks checks) {
    this.settings = settings;
    this.checks = checks;
    this.key = ClusterKey.of(settings);
    this.shared = shared(settings, clock, key);
  }

  /** What the contexts of one process share. */
  static List<Object> shared(Settings settings, Clock clock, ClusterKey key) {
    return List.of(settings, clock, key, new BackupSources());
  }

  /**
   * Starts the roles that the settings name; returns when they serve.
   *
   * @param python opens what a node runs jobs with and a master extensions, first of all, because
   *     its workers take the longest; closed with the server
   * @throws BadSettingException when a setting can't be used: a port is taken, the home is not
   *     writable
   */
  public static Server start(Settings settings, Clock clock, Supplier<PythonRuntime> python) {
    return start(settings, clock, python, new CountDownLatch(1));
  }

  /**
   * The same; a master of several stands by in it until it leads.
   *
   * @param stop ends that: then the server has no role
   */
  static Server start(
      Settings settings, Clock clock, Supplier<PythonRuntime> python, CountDownLatch stop) {
    StartChecks checks = StartChecks.of(settings);
    Server server;
    try {
      HomeFormat.check(settings.get(ServerSettings.HOME));
      server = new Server(settings, clock, checks);
    } catch (RuntimeException e) {
      checks.close();
      throw e;
    }
    try {
      Roles roles = settings.get(ServerSettings.ROLE);
      PythonRuntime runtime = python.get();
      server.python = runtime;
      if (roles != Roles.NODE) {
        server.startMaster(runtime, stop);
      }
      if (roles != Roles.MASTER && stop.getCount() > 0) {
        server.node = server.startNode(runtime);
      }
      return server;
    } catch (StorageException unusable) {
      server.close();
      throw new BadSettingException(String.valueOf(unusable.getMessage()));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void startMaster(PythonRuntime runtime, CountDownLatch stop) {
    StorageEngine engine = StorageEngine.ofMaster(settings);
    storage = engine;
    Optional<Candidacy> candidacy =
        engine.election().map(election -> new Candidacy(settings, election, key));
    OptionalInt port =
        candidacy.isPresent()
            ? candidacy.get().awaitLead(stop)
            : OptionalInt.of(settings.get(ServerSettings.PORT));
    if (port.isPresent()) {
      ApplicationContext started =
          context(Role.MASTER, ServerSettings.PORT, port.getAsInt(), List.of(runtime, engine));
      master = started;
      candidacy.ifPresent(won -> won.serves(started.getBean(EmbeddedServer.class).getPort()));
    }
  }

  private ApplicationContext startNode(PythonRuntime runtime) {
    NodeIdentity identity = NodeIdentity.of(settings, UUID.randomUUID().toString());
    List<Object> own = new ArrayList<>(List.of(identity, runtime));
    ApplicationContext local = master;
    if (local != null) {
      own.add(new InProcessLink(local.getBean(LinkServer.class)));
    }
    ApplicationContext started =
        context(Role.NODE, ServerSettings.NODE_PORT, settings.get(ServerSettings.NODE_PORT), own);
    if (local != null) {
      local
          .getBean(RegisteredNodeLinks.class)
          .attach(identity.name(), started.getBean(LinkServer.class));
    }
    return started;
  }

  private ApplicationContext context(
      Role role, Setting<Integer> port, int number, List<Object> own) {
    List<Object> singletons = new ArrayList<>(shared);
    singletons.addAll(own);
    ApplicationContext context =
        prepare(ApplicationContext.builder(), role, settings, number, singletons).build();
    try {
      context.start();
      EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
      ServerCertificate.check(
          settings, new InetSocketAddress(ListeningAddress.of(settings), server.getPort()));
      return context;
    } catch (RuntimeException e) {
      context.close();
      throw explained(e, port);
    }
  }

  /**
   * A role's context, with nothing in it that the settings do not say.
   *
   * @param port 0 for any that is free
   * @param singletons the settings, the clock, and what else the process has once
   */
  static ApplicationContextBuilder prepare(
      ApplicationContextBuilder builder,
      Role role,
      Settings settings,
      int port,
      List<Object> singletons) {
    return builder
        .deduceEnvironment(false)
        .bootstrapEnvironment(false)
        .enableDefaultPropertySources(false)
        .banner(false)
        .environmentPropertySource(false)
        .singletons(singletons.toArray())
        .properties(properties(role, settings, port));
  }

  private static Map<String, Object> properties(Role role, Settings settings, int port) {
    Map<String, Object> properties = new HashMap<>(settings.visible());
    properties.put(Role.PROPERTY, role.toString());
    properties.put("micronaut.application.name", "pulzar-" + role);
    properties.put("micronaut.server.host", ListeningAddress.of(settings));
    properties.put("micronaut.server.port", port == 0 ? -1 : port);
    properties.putAll(ServerCertificate.properties(settings, port == 0 ? -1 : port));
    properties.put("micronaut.server.cors.localhost-pass-through", true);
    properties.put("micronaut.server.semicolon-is-normal-char", true);
    properties.put("micronaut.server.idle-timeout", "-1s");
    if (role == Role.MASTER && StorageSettings.isRemote(settings)) {
      // To read may take a while then, for which no event loop must wait.
      properties.put("micronaut.server.thread-selection", "BLOCKING");
    }
    properties.put("micronaut.server.netty.child-options.SO_KEEPALIVE", true);
    properties.put("micronaut.server.max-request-size", Long.MAX_VALUE);
    properties.put("micronaut.server.max-request-buffer-size", settings.get(ServerSettings.BUFFER));
    properties.put("micronaut.server.not-found-on-missing-body", false);
    properties.put("micronaut.server.netty.max-initial-line-length", LONGEST_LINE);
    properties.put("micronaut.server.netty.request-decompression-enabled", false);
    properties.put("micronaut.serde.serialization.inclusion", "always");
    properties.put(Access.ON, AccessSettings.asks(settings));
    properties.put(OnBucket.PROPERTY, BucketSettings.isUsed(settings));
    properties.put("micronaut.security.reject-not-found", false);
    properties.put("micronaut.security.token.enabled", false);
    properties.put("micronaut.security.basic-auth.enabled", false);
    return properties;
  }

  private RuntimeException explained(RuntimeException failure, Setting<Integer> port) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BadSettingException bad) {
        return bad;
      }
      if (cause instanceof StorageException unusable) {
        return new BadSettingException(String.valueOf(unusable.getMessage()));
      }
      if (cause instanceof FileSystemException unusable) {
        return new BadSettingException(
            unusable.getMessage()
                + ": what the server keeps can't be read or written; look at the disk, or choose"
                + " another --home");
      }
      if (cause instanceof BindException taken) {
        return StartChecks.cantListen(
            ListeningAddress.of(settings), settings.get(port), port, taken);
      }
    }
    return failure;
  }

  /**
   * Waits until every part works.
   *
   * @param stop gives up the waiting
   * @return false when it was given up
   */
  boolean awaitReady(CountDownLatch stop) throws InterruptedException {
    if (contexts().isEmpty()) {
      return false;
    }
    while (!isReady()) {
      if (stop.await(READY_LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return true;
  }

  private boolean isReady() {
    return contexts().stream()
        .map(context -> HealthReport.worst(context.getBean(HealthReport.class).parts()))
        .noneMatch(State.STARTING::equals);
  }

  /** Why this process can't go on and has to end, so that it is started again; empty: it can. */
  Optional<String> loss() {
    return contexts().stream()
        .map(context -> context.getBean(HealthReport.class).loss())
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The master's URL, when this process has one. */
  public Optional<URI> masterUrl() {
    return Optional.ofNullable(master).map(Server::url);
  }

  /** The node's URL, when this process has one. */
  public Optional<URI> nodeUrl() {
    return Optional.ofNullable(node).map(Server::url);
  }

  /** The context of a role that this process has. */
  public Optional<ApplicationContext> context(Role role) {
    return Optional.ofNullable(role == Role.MASTER ? master : node);
  }

  /** Each role and its URL. */
  String describe() {
    return Stream.of(masterUrl().map(url -> "master " + url), nodeUrl().map(url -> "node " + url))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private List<ApplicationContext> contexts() {
    return Stream.of(Optional.ofNullable(master), Optional.ofNullable(node))
        .flatMap(Optional::stream)
        .toList();
  }

  private static URI url(ApplicationContext context) {
    return context.getBean(EmbeddedServer.class).getURI();
  }

  @Override
  public void close() {
    ApplicationContext stopping = node;
    node = null;
    if (stopping != null) {
      stopping.close();
    }
    PythonRuntime workers = python;
    python = null;
    if (workers != null) {
      workers.close();
    }
    stopping = master;
    master = null;
    if (stopping != null) {
      stopping.close();
    }
    StorageEngine engine = storage;
    storage = null;
    if (engine != null) {
      engine.close();
    }
    checks.close();
  }
}

package io.pulzar.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hosts of their own on a network of their own, which this process is on as well, at its first
 * address. Addresses are from 198.18.0.0/15, which is set aside for tests of networks (RFC 2544).
 */
public final class Network implements AutoCloseable {

  private static final long PID = ProcessHandle.current().pid();
  private static final String SUBNET = "198.18." + (PID % 250 + 1) + ".";
  private static final String NO_TUN = "there is no /dev/net/tun";

  private final Switch wires = new Switch();
  private final List<String> undo = new ArrayList<>();
  private int hosts;

  /** A computer on the network. */
  public static final class Host {

    private final String namespace;
    private final String address;
    private final Switch.Port port;

    private Host(String namespace, String address, Switch.Port port) {
      this.namespace = namespace;
      this.address = address;
      this.port = port;
    }

    public String address() {
      return address;
    }

    /** What a command begins with that shall run there. */
    public List<String> command() {
      return List.of("ip", "netns", "exec", namespace);
    }

    /** From now on. */
    public void use(Cable cable) {
      port.use(cable);
    }
  }

  private Network() {}

  /** Why there can be no such network here; empty when there can. */
  public static Optional<String> obstacle() {
    if (!Files.isWritable(Path.of("/dev/net/tun"))) {
      return Optional.of(NO_TUN + ", or it needs root");
    }
    String probe = "pulzar-" + PID + "-probe";
    try {
      ip("netns add " + probe);
      ip("netns del " + probe);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** A network with nothing on it but this process. */
  public static Network create() throws IOException {
    Network network = new Network();
    String device = "pz" + PID;
    var _ = network.wires.plugIn(Tap.create(device));
    network.undo.add("link del " + device);
    network.up("", device, 1);
    return network;
  }

  /** Another host. */
  public Host host() throws IOException {
    hosts++;
    String namespace = "pulzar-" + PID + "-" + hosts;
    String device = "pz" + PID + "-" + hosts;
    ip("netns add " + namespace);
    undo.add("netns del " + namespace);
    Tap tap = Tap.create(device);
    ip("link set " + device + " netns " + namespace);
    ip("-n " + namespace + " link set lo up");
    up("-n " + namespace + " ", device, hosts + 1);
    return new Host(namespace, SUBNET + (hosts + 1), wires.plugIn(tap));
  }

  private void up(String where, String device, int number) throws IOException {
    ip(where + "addr add " + SUBNET + number + "/24 dev " + device);
    ip(where + "link set " + device + " up");
  }

  private static void ip(String arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("ip " + arguments + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted at ip " + arguments, e);
    }
  }

  /** The processes on it must have ended. */
  @Override
  public void close() throws IOException {
    for (String command : undo.reversed()) {
      ip(command);
    }
  }
}

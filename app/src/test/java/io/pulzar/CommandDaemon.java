package io.pulzar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pulzar.cli.CommandContext;
import io.pulzar.cli.Terminal;
import io.pulzar.settings.SettingsReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs commands one after the other, so that each takes a moment and not the start of a JVM. It
 * works in the directory that it was started in. {@code pulzar.py} in the test's resources is what
 * is typed; it sends its words, variables and standard input, and gets the status, standard output
 * and standard error.
 *
 * <p>Its arguments are settings, as {@code pulzar.server.port=31414}. The first line that it prints
 * is its port.
 */
public final class CommandDaemon {

  private CommandDaemon() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, String> usual = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      usual.put(parts[0], parts[1]);
    }
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println(socket.getLocalPort());
      while (true) {
        try (Socket typed = socket.accept()) {
          serve(typed, usual);
        }
      }
    }
  }

  private static void serve(Socket typed, Map<String, String> usual) throws IOException {
    DataInputStream in = new DataInputStream(typed.getInputStream());
    List<String> words = texts(in);
    Map<String, String> variables = new HashMap<>();
    List<String> pairs = texts(in);
    for (int at = 0; at + 1 < pairs.size(); at += 2) {
      variables.put(pairs.get(at), pairs.get(at + 1));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(in.readAllBytes()),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            OptionalInt.empty(),
            false,
            variables,
            _ -> Optional.empty());
    int status =
        Pulzar.run(
            words,
            new CommandContext(
                terminal,
                chosen -> {
                  Map<String, String> all = new HashMap<>(usual);
                  all.putAll(chosen);
                  return new SettingsReader(EverySetting.LIST, Path.of(""))
                      .read(Map.of(), variables, all)
                      .settings();
                }));
    DataOutputStream answer = new DataOutputStream(typed.getOutputStream());
    answer.writeByte(status);
    answer.writeInt(out.size());
    out.writeTo(answer);
    err.writeTo(answer);
    answer.flush();
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    String[] texts = new String[in.readInt()];
    for (int at = 0; at < texts.length; at++) {
      byte[] text = new byte[in.readInt()];
      in.readFully(text);
      texts[at] = new String(text, UTF_8);
    }
    return new ArrayList<>(Arrays.asList(texts));
  }
}

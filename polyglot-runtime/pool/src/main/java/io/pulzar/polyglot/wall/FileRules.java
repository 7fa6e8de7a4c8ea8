package io.pulzar.polyglot.wall;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process may do with which files and directories, and everything below those; nothing else.
 * Paths that are not there are left out. A file can be read, written and executed by one who has it
 * open already.
 *
 * @param readable read, and list
 * @param executable read, and start as a program
 * @param writable everything but to start programs, and to make links, devices and sockets
 */
public record FileRules(List<Path> readable, List<Path> executable, List<Path> writable) {

  public FileRules {
    readable = List.copyOf(readable);
    executable = List.copyOf(executable);
    writable = List.copyOf(writable);
  }

  /** What a program needs of the system to start at all, and to reach the network. */
  public static FileRules ofTheSystem() {
    return new FileRules(
        Stream.of(
                "/lib",
                "/lib32",
                "/lib64",
                "/usr/lib",
                "/usr/lib32",
                "/usr/lib64",
                "/usr/local/lib",
                "/nix/store",
                "/etc/ld.so.cache",
                "/etc/ld.so.conf",
                "/etc/ld.so.conf.d",
                "/etc/localtime",
                "/etc/timezone",
                "/etc/nsswitch.conf",
                "/etc/resolv.conf",
                "/etc/hosts",
                "/etc/host.conf",
                "/etc/gai.conf",
                "/etc/services",
                "/etc/protocols",
                "/etc/ssl",
                "/etc/pki",
                "/etc/ca-certificates",
                "/etc/fonts",
                "/usr/share/ca-certificates",
                "/usr/local/share/ca-certificates",
                "/usr/share/fonts",
                "/usr/share/fontconfig",
                "/usr/share/locale",
                "/usr/share/zoneinfo",
                "/proc",
                "/sys/fs/cgroup",
                "/sys/devices/system",
                "/sys/kernel/mm/transparent_hugepage",
                "/dev/random",
                "/dev/urandom",
                "/dev/zero")
            .map(Path::of)
            .toList(),
        Stream.of(
                "/lib64/ld-linux-x86-64.so.2",
                "/lib/ld-linux-aarch64.so.1",
                "/lib/ld-musl-x86_64.so.1",
                "/lib/ld-musl-aarch64.so.1")
            .map(Path::of)
            .toList(),
        List.of(Path.of("/dev/null")));
  }

  /** These and more. */
  public FileRules and(FileRules more) {
    return new FileRules(
        joined(readable, more.readable),
        joined(executable, more.executable),
        joined(writable, more.writable));
  }

  private static List<Path> joined(List<Path> some, List<Path> others) {
    List<Path> all = new ArrayList<>(some);
    all.addAll(others);
    return all.stream().distinct().toList();
  }
}

package io.pulzar.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.Parameters;

/** The node that is meant. */
final class NodeName {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  @Parameters(paramLabel = "NODE", description = "its name; pulzar nodes lists them")
  private String name = "";

  /** The path of it at the master. */
  String route() {
    if (!NAME.matcher(name).matches()) {
      throw new UsageException("'" + name + "' is no node; pulzar nodes lists them");
    }
    return "/admin/network/" + UrlText.part(name);
  }

  @Override
  public String toString() {
    return name;
  }
}

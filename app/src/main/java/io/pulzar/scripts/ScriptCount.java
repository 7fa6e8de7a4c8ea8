package io.pulzar.scripts;

import io.pulzar.cluster.NodeCount;

/** How many scripts a node has. */
record ScriptCount(NodeScripts scripts) implements NodeCount {

  @Override
  public String what() {
    return SCRIPTS;
  }

  @Override
  public long count() {
    return scripts.list().stream().filter(KnownScript::runs).count();
  }
}

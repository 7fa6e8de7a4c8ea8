package io.pulzar.values;

/**
 * That other nodes have, or may get, copies of a value; so that only the master knows whether this
 * one is still the key's value.
 *
 * @param version names the content on all nodes: the id at the node that got it first
 * @param asked how many copies the writer asked for; 0: nothing
 */
record ReplicationState(long version, int asked) {

  /** Of a value that is on this node only. */
  static final ReplicationState NOT = new ReplicationState(0, 0);

  boolean isShared() {
    return version != 0;
  }
}

package io.pulzar.cluster;

/** How much a node has of something; a feature's contribution to what its heartbeats tell. */
public interface NodeCount {

  String SCRIPTS = "scripts";
  String VALUES = "values";

  /** Buckets that it gives values out of: one or none. */
  String BUCKETS = "buckets";

  /** One of the names above. */
  String what();

  /** Asked with each heartbeat. */
  long count();
}

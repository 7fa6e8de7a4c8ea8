package io.pulzar.link;

/** A node's link to its master; a bean of the node's context. */
public interface MasterLink extends Link {}

/**
 * A network of hosts that a test makes for itself: network namespaces, joined by a switch that the
 * test is, so that it can cut, delay and lose what it likes. Needs root and {@code /dev/net/tun}.
 */
@org.jspecify.annotations.NullMarked
package io.pulzar.network;

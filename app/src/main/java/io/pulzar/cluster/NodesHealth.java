package io.pulzar.cluster;

import io.pulzar.cluster.NodeRegistry.Member;
import io.pulzar.health.HealthCheck;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/** Which nodes the master hears of. It serves without them, so that their absence is only told. */
@OnMaster
@Singleton
final class NodesHealth implements HealthCheck {

  private final NodeRegistry registry;

  NodesHealth(NodeRegistry registry) {
    this.registry = registry;
  }

  @Override
  public String part() {
    return "nodes";
  }

  @Override
  public Health check() {
    List<Member> members = registry.members();
    String silent =
        members.stream()
            .filter(member -> !member.online())
            .map(member -> member.facts().name())
            .collect(Collectors.joining(", "));
    long online = members.stream().filter(Member::online).count();
    return new Health(
        State.UP,
        online
            + " of "
            + members.size()
            + " are online"
            + (silent.isEmpty() ? "" : "; nothing is heard of " + silent),
        members.stream()
            .filter(Member::online)
            .map(Member::seen)
            .max(java.time.Instant::compareTo));
  }
}

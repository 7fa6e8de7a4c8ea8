package io.pulzar.jobs;

import io.pulzar.cluster.NodeRegistry;
import io.pulzar.cluster.NodeRegistry.Member;
import io.pulzar.scripts.Scripts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The nodes that report to this master, and their scripts. */
final class RegisteredNodes implements JobNodes {

  private final NodeRegistry registry;
  private final Scripts scripts;

  RegisteredNodes(NodeRegistry registry, Scripts scripts) {
    this.registry = registry;
    this.scripts = scripts;
  }

  @Override
  public boolean fits(String node, PlacementConstraint need) {
    return registry.find(node).filter(member -> isReady(member) && has(member, need)).isPresent();
  }

  @Override
  public double headroom(String node) {
    return registry.find(node).map(member -> member.facts().headroom()).orElse(0.0);
  }

  @Override
  public boolean isOnline(String node) {
    return registry.find(node).filter(Member::online).isPresent();
  }

  /** Without those that are known to run no jobs. */
  @Override
  public Set<String> members() {
    return registry.members().stream()
        .filter(member -> !member.online() || member.facts().slots() > 0)
        .map(member -> member.facts().name())
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<String> obstacle(PlacementConstraint need) {
    List<Member> all = registry.members();
    List<Member> called = all.stream().filter(member -> isPlace(member, need)).toList();
    List<Member> able = called.stream().filter(member -> hasScript(member, need)).toList();
    if (able.stream().anyMatch(RegisteredNodes::isReady)) {
      return Optional.empty();
    }
    if (called.isEmpty()) {
      return Optional.of(
          need.place()
              .map(
                  place ->
                      "no node has the name or label "
                          + place
                          + "; ./pulzar nodes lists those there are")
              .orElse("no node has joined"));
    }
    return Optional.of(
        able.isEmpty()
            ? need.script() + ".py is not on " + names(called)
            : names(able) + (able.size() == 1 ? " takes no jobs now" : " take no jobs now"));
  }

  private boolean has(Member member, PlacementConstraint need) {
    return isPlace(member, need) && hasScript(member, need);
  }

  private boolean hasScript(Member member, PlacementConstraint need) {
    return scripts.isOn(member.facts().name(), need.script());
  }

  private boolean isPlace(Member member, PlacementConstraint need) {
    return need.place().map(place -> isCalled(member, place, need.data())).orElse(true);
  }

  /** Where data is on a node, its name counts; where it is in a bucket, the script's wish. */
  private boolean isCalled(Member member, String place, boolean data) {
    return (data && registry.find(place).isPresent())
        ? member.facts().name().equals(place)
        : member.facts().isCalled(place);
  }

  private static boolean isReady(Member member) {
    return member.takesNew();
  }

  private static String state(Member member) {
    return !member.online() ? " (offline)" : member.draining() ? " (draining)" : "";
  }

  private static String names(List<Member> members) {
    return members.stream()
        .map(member -> member.facts().name() + state(member))
        .collect(Collectors.joining(", "));
  }
}

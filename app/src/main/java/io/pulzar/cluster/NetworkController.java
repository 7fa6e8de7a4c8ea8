package io.pulzar.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.http.Times;
import io.pulzar.roles.OnMaster;
import java.util.List;

/** {@code GET /admin/network}: the nodes, and one of them. */
@OnMaster
@Controller("/admin/network")
final class NetworkController {

  private final NodeRegistry registry;

  NetworkController(NodeRegistry registry) {
    this.registry = registry;
  }

  @Get
  Envelope nodes() {
    List<Row> rows = registry.members().stream().map(Row::of).toList();
    return Envelope.ok(rows, rows.isEmpty() ? "No nodes online" : "");
  }

  @Get("/{node}")
  Envelope node(String node) {
    return registry
        .find(node)
        .map(member -> Envelope.ok(Row.of(member)))
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "node_not_found",
                    "there is no node " + node + "; admin/network lists those there are"));
  }

  /**
   * A node as clients see it.
   *
   * @param percent of its disk in use
   * @param load percent of its processors in use
   * @param synch whether it was heard of lately
   * @param seen when it was
   */
  @Serdeable
  record Row(
      String node,
      double percent,
      double load,
      boolean synch,
      String url,
      String seen,
      int slots,
      @JsonProperty("free_slots") int freeSlots,
      String version,
      boolean compiled) {

    static Row of(NodeRegistry.Member member) {
      NodeFacts facts = member.facts();
      return new Row(
          facts.name(),
          facts.percent(),
          facts.load(),
          member.online(),
          facts.url(),
          Times.utc(member.seen()),
          facts.slots(),
          facts.freeSlots(),
          facts.version(),
          facts.compiled());
    }
  }
}

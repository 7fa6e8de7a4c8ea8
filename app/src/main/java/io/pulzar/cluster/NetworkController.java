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
   * @param memory percent of it in use
   * @param synch whether it was heard of lately
   * @param seen when it was
   * @param labels what it is called besides its name
   * @param values how many it holds
   * @param scripts how many are in its jobs directory
   */
  @Serdeable
  record Row(
      String node,
      double percent,
      double load,
      double memory,
      boolean synch,
      String url,
      String seen,
      int slots,
      @JsonProperty("free_slots") int freeSlots,
      List<String> labels,
      long values,
      long scripts,
      String version,
      boolean compiled) {

    static Row of(NodeRegistry.Member member) {
      NodeFacts facts = member.facts();
      return new Row(
          facts.name(),
          facts.percent(),
          facts.load(),
          facts.memory(),
          member.online(),
          facts.url(),
          Times.utc(member.seen()),
          facts.slots(),
          facts.freeSlots(),
          facts.labels(),
          facts.counts().getOrDefault(NodeCount.VALUES, 0L),
          facts.counts().getOrDefault(NodeCount.SCRIPTS, 0L),
          facts.version(),
          facts.compiled());
    }
  }
}

package io.pulzar.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Envelope;
import io.pulzar.http.Times;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /admin/network}: the nodes, one of them, and what is done with it. */
@OnMaster
@Controller("/admin/network")
final class NetworkController {

  private final NodeRegistry registry;
  private final NodeAdministration decisions;

  NetworkController(NodeRegistry registry, NodeAdministration decisions) {
    this.registry = registry;
    this.decisions = decisions;
  }

  /**
   * Who knows the nodes of before the restart and has heard of none of them has none to offer: a
   * client that waits for nodes waits for this list.
   */
  @Secured(Rights.VIEW)
  @Get
  Envelope nodes() {
    List<Row> rows =
        registry.hasHeardOfAny() ? registry.members().stream().map(Row::of).toList() : List.of();
    return Envelope.ok(rows, rows.isEmpty() ? "No nodes online" : "");
  }

  @Secured(Rights.VIEW)
  @Get("/{node}")
  Envelope node(String node) {
    return registry
        .find(node)
        .map(member -> Envelope.ok(Row.withWorkers(member)))
        .orElseThrow(() -> NodeRegistry.unknown(node));
  }

  @Secured(Rights.OPERATE)
  @Post(uri = "/{node}/drain", consumes = MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  Envelope drain(String node) {
    decisions.drain(node);
    return Envelope.ok(null, "Node " + node + " gets nothing new");
  }

  @Secured(Rights.OPERATE)
  @Post(uri = "/{node}/resume", consumes = MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  Envelope resume(String node) {
    decisions.undo(node);
    return Envelope.ok(null, "Node " + node + " may take work again");
  }

  @Secured(Rights.ADMINISTER)
  @Post(uri = "/{node}/remove", consumes = MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  Envelope remove(String node, @QueryValue(defaultValue = "false") boolean force) {
    decisions.remove(node, force);
    return Envelope.ok(null, "Node " + node + " removed");
  }

  /**
   * A node as clients see it.
   *
   * @param percent of its disk in use
   * @param load percent of its processors in use
   * @param memory percent of it in use
   * @param synch whether it was heard of lately
   * @param draining whether it gets nothing new
   * @param seen when it was
   * @param labels what it is called besides its name
   * @param values how many it holds
   * @param scripts how many are in its jobs directory
   * @param workers its worker processes, where one node is asked for
   */
  @Serdeable
  record Row(
      String node,
      double percent,
      double load,
      double memory,
      boolean synch,
      boolean draining,
      String url,
      String seen,
      int slots,
      @JsonProperty("free_slots") int freeSlots,
      List<String> labels,
      long values,
      long scripts,
      String version,
      boolean compiled,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<NodeWorker> workers) {

    static Row of(NodeRegistry.Member member) {
      return of(member, null);
    }

    static Row withWorkers(NodeRegistry.Member member) {
      List<NodeWorker> workers = member.online() ? member.facts().workers() : null;
      return of(member, Objects.requireNonNullElse(workers, List.of()));
    }

    private static Row of(NodeRegistry.Member member, @Nullable List<NodeWorker> workers) {
      NodeFacts facts = member.facts();
      return new Row(
          facts.name(),
          facts.percent(),
          facts.load(),
          facts.memory(),
          member.online(),
          member.draining(),
          facts.url(),
          Times.utc(member.seen()),
          facts.slots(),
          facts.freeSlots(),
          facts.labels(),
          facts.counts().getOrDefault(NodeCount.VALUES, 0L),
          facts.counts().getOrDefault(NodeCount.SCRIPTS, 0L),
          facts.version(),
          facts.compiled(),
          workers);
    }
  }
}

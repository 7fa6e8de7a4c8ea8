package io.pulzar.keys;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Envelope;
import io.pulzar.http.Times;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.rights.Access;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import io.pulzar.storage.TableStatistics;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists keys, page by page, and tells how large the index is. */
@OnMaster
@Controller
final class ListingController {

  private final KeyListing listing;
  private final Access access;

  ListingController(KeyListing listing, Access access) {
    this.listing = listing;
    this.access = access;
  }

  /**
   * One page; what the sender may not read is left out, so it can have fewer keys than asked for.
   *
   * @param prefix every key begins with it
   * @param text every key contains it
   * @param since only keys whose values were written at this time or later
   * @param until at this time or earlier
   * @param after only keys above this one, where the page before ended
   * @param limit how many at most
   */
  @Secured(Rights.READ_DATA)
  @Get("/keys")
  Envelope keys(
      HttpRequest<?> request,
      @QueryValue @Nullable String prefix,
      @QueryValue @Nullable String text,
      @QueryValue @Nullable String since,
      @QueryValue @Nullable String until,
      @QueryValue @Nullable String after,
      @QueryValue @Nullable String limit) {
    KeyListing.Page page = listing.page(prefix, text, since, until, after, limit);
    Identity reader = access.of(request);
    List<ListedRow> rows =
        page.rows().stream()
            .filter(row -> reader.mayData(Right.READ_DATA, row.key().path()))
            .map(ListedRow::of)
            .toList();
    return Envelope.ok(new Page(rows, page.next().orElse(null)));
  }

  /** The shape of the index, as LMDB counts it. */
  @Secured(Rights.VIEW)
  @Get("/admin/status")
  Envelope status() {
    return Envelope.ok(Status.of(listing.statistics()));
  }

  /**
   * @param next what to ask for as {@code after} to go on; absent: this was the last page
   */
  @Serdeable
  record Page(List<ListedRow> keys, @Nullable String next) {}

  /**
   * @param size bytes
   * @param date when the value was written
   * @param node the name of a node that has it; {@code s3:} when it is in the bucket
   * @param checksum CRC-32C of its bytes, eight hexadecimal digits
   * @param expires when the key goes by itself; absent: never
   * @param copies on how many nodes it is
   */
  @Serdeable
  record ListedRow(
      String key,
      long size,
      String date,
      String node,
      String checksum,
      @Nullable String expires,
      int copies) {

    static ListedRow of(Row row) {
      Location location = row.location();
      return new ListedRow(
          row.key().path(),
          location.size(),
          Times.utc(location.written()),
          location.node(),
          HexFormat.of().toHexDigits(location.checksum()),
          location.expires().map(Times::utc).orElse(null),
          location.holders().size());
    }
  }

  /** With the names that LMDB's tools use. */
  @Serdeable
  record Status(
      int psize,
      int depth,
      @JsonProperty("branch_pages") long branchPages,
      @JsonProperty("leaf_pages") long leafPages,
      @JsonProperty("overflow_pages") long overflowPages,
      long entries) {

    static Status of(TableStatistics table) {
      return new Status(
          table.pageSize(),
          table.depth(),
          table.branchPages(),
          table.leafPages(),
          table.overflowPages(),
          table.entries());
    }
  }
}

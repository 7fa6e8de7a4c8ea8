package io.pulzar.rights;

import io.micronaut.security.authentication.Authentication;
import io.pulzar.http.ApiException;
import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who sent a request, and what they may do.
 *
 * @param name for the audit log and the page
 * @param grants what holds for them; none: nothing
 * @param csrf what a browser must send back with each change; present for sessions only
 */
public record Identity(String name, List<Grant> grants, Optional<String> csrf)
    implements Authentication {

  @Serial private static final long serialVersionUID = 1L;

  /** Where nobody is asked who they are, everybody may do everything. */
  static final Identity EVERYBODY =
      new Identity("anybody", List.of(Grant.OF_ADMINISTRATOR), Optional.empty());

  /** Who has not said who they are. */
  static final Identity NOBODY = new Identity("nobody", List.of(), Optional.empty());

  /** A part of the installation, which nothing is kept from. */
  public static Identity ofInstallation(String name) {
    return new Identity(name, List.of(Grant.OF_ADMINISTRATOR), Optional.empty());
  }

  /** Whether they have the right anywhere at all. */
  public boolean may(Right right) {
    return grants.stream().anyMatch(grant -> grant.role().has(right));
  }

  /** Whether they have the right for a script, and so for its runs. */
  public boolean mayScript(Right right, String script) {
    return grants.stream()
        .anyMatch(grant -> grant.role().has(right) && grant.scripts().covers(script));
  }

  /** Whether they have the right for a key or record. */
  public boolean mayData(Right right, String key) {
    return grants.stream().anyMatch(grant -> grant.role().has(right) && grant.data().covers(key));
  }

  /** The rows whose script they may see. */
  public <T extends OfScript> List<T> visible(List<T> rows) {
    return mayEverywhere(Right.VIEW)
        ? rows
        : rows.stream().filter(row -> mayScript(Right.VIEW, row.jobPath())).toList();
  }

  /** Whether nothing is hidden from them: lists need no look at each row. */
  public boolean mayEverywhere(Right right) {
    return grants.stream().anyMatch(grant -> grant.role().has(right) && grant.everywhere());
  }

  /**
   * Refuses whoever lacks the right everywhere.
   *
   * @throws ApiException 403 {@code forbidden}
   */
  public void require(Right right) {
    if (!may(right)) {
      throw forbidden("this needs the right '" + right + "'");
    }
  }

  /**
   * Refuses whoever lacks the right for this script.
   *
   * @throws ApiException 403 {@code forbidden}
   */
  public void requireScript(Right right, String script) {
    if (!mayScript(right, script)) {
      throw forbidden("this needs the right '" + right + "' for the script " + script);
    }
  }

  /**
   * Refuses whoever lacks the right for this key or record.
   *
   * @throws ApiException 403 {@code forbidden}
   */
  public void requireData(Right right, String key) {
    if (!mayData(right, key)) {
      throw forbidden("this needs the right '" + right + "' for " + key);
    }
  }

  private ApiException forbidden(String need) {
    return new ApiException(403, "forbidden", need + "; " + name + " does not have it", null, null);
  }

  /** Every right that they have somewhere. */
  public List<Right> rights() {
    return Arrays.stream(Right.values()).filter(this::may).toList();
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Map<String, Object> getAttributes() {
    return Map.of();
  }
}

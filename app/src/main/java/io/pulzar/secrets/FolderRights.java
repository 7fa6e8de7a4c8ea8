package io.pulzar.secrets;

import io.micronaut.http.HttpRequest;
import io.pulzar.http.ApiException;
import io.pulzar.rights.Access;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Who may see and change what is for a folder: whoever may write all scripts of it, those of its
 * folders too. What is for all scripts is for those who may write all.
 */
@Singleton
final class FolderRights {

  private final Access access;

  FolderRights(Access access) {
    this.access = access;
  }

  /**
   * Refuses whoever lacks the right.
   *
   * @return who asks
   * @throws ApiException 403
   */
  String require(HttpRequest<?> request, String folder) {
    Identity identity = access.of(request);
    if (!may(identity, folder)) {
      throw ApiException.forbidden(
          "forbidden",
          "this needs the right '"
              + Right.WRITE_SCRIPTS
              + "' for "
              + (folder.isEmpty() ? "all scripts" : "all scripts of " + folder)
              + "; "
              + identity.name()
              + " does not have it");
    }
    return identity.name();
  }

  /** The rows that somebody may see. */
  List<SecretStore.Listed> visible(HttpRequest<?> request, List<SecretStore.Listed> rows) {
    Identity identity = access.of(request);
    return rows.stream().filter(row -> may(identity, row.place().folder())).toList();
  }

  /** A right for some scripts of a folder covers a script there, but none that lies deeper. */
  private static boolean may(Identity identity, String folder) {
    if (folder.isEmpty()) {
      return identity.mayEverywhere(Right.WRITE_SCRIPTS);
    }
    return identity.mayScript(Right.WRITE_SCRIPTS, folder + "/x")
        && identity.mayScript(Right.WRITE_SCRIPTS, folder + "/x/x");
  }
}

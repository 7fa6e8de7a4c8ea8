package io.pulzar.editor;

import io.pulzar.http.ApiException;

/**
 * Whether anything may be changed here.
 *
 * @param largest source that is taken, in bytes
 */
record EditorSwitch(boolean active, long largest) {

  /**
   * @throws ApiException 403 when the operator has switched it off
   */
  void require() {
    if (!active) {
      throw ApiException.forbidden(
          "editor_is_off",
          "scripts are not changed over HTTP here: " + EditorSettings.ACTIVE.name() + " is off");
    }
  }
}

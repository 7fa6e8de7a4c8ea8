package io.pulzar.rights;

import static io.pulzar.rights.Right.OPERATE;
import static io.pulzar.rights.Right.READ_DATA;
import static io.pulzar.rights.Right.RUN;
import static io.pulzar.rights.Right.VIEW;
import static io.pulzar.rights.Right.WRITE_DATA;
import static io.pulzar.rights.Right.WRITE_SCRIPTS;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A set of rights that fits a kind of work. */
public enum AccessRole {
  VIEWER,
  RUNNER,
  OPERATOR,
  AUTHOR,
  ADMINISTRATOR;

  boolean has(Right right) {
    return rights().contains(right);
  }

  private Set<Right> rights() {
    return switch (this) {
      case VIEWER -> Set.of(VIEW, READ_DATA);
      case OPERATOR -> Set.of(VIEW, READ_DATA, OPERATE);
      case RUNNER -> Set.of(VIEW, READ_DATA, WRITE_DATA, RUN);
      case AUTHOR -> Set.of(VIEW, READ_DATA, WRITE_DATA, RUN, WRITE_SCRIPTS);
      case ADMINISTRATOR -> Set.of(Right.values());
    };
  }

  /**
   * @throws IllegalArgumentException with a sentence that lists the roles
   */
  static AccessRole parse(String word) {
    return Arrays.stream(values())
        .filter(role -> role.toString().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + word + "' is not a role: it is one of " + names()));
  }

  private static String names() {
    return Arrays.stream(values()).map(AccessRole::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

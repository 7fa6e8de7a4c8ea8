package io.pulzar.oidc;

import java.util.List;

/**
 * Whom the provider knows.
 *
 * @param groups as it names them
 */
public record Person(String name, List<String> groups) {}

/**
 * The description of the HTTP API in OpenAPI's form: {@code openapi.json} beside this package, as a
 * person wrote it, and served by each role without what the other one answers.
 */
@NullMarked
package io.pulzar.openapi;

import org.jspecify.annotations.NullMarked;

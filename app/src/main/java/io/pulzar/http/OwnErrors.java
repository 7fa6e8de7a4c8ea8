package io.pulzar.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;

/**
 * The form of errors below a path where the envelope is not used, because clients there know
 * another; a bean of the feature.
 */
public interface OwnErrors {

  /** Whether errors of that path have this form. */
  boolean covers(String path);

  /** The answer: its status is the error's. */
  MutableHttpResponse<?> answer(HttpRequest<?> request, ApiException error);
}

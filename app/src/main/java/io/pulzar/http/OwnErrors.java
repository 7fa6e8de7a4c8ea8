package io.pulzar.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;

/**
 * The form of errors where the envelope is not used, because who asks there knows another; a bean
 * of the feature.
 */
public interface OwnErrors {

  /** Whether an error of this request has this form. */
  boolean covers(HttpRequest<?> request);

  /** The answer: its status is the error's. */
  MutableHttpResponse<?> answer(HttpRequest<?> request, ApiException error);
}

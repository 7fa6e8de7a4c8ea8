/**
 * What every HTTP answer has in common: the envelope, the error codes, cross-origin headers, and
 * how a path that carries data is read.
 *
 * <p>What must stay true: {@link io.pulzar.http.ErrorAnswers} is the only place that turns an
 * exception into an answer; an answer never holds a stack trace, a path of the host or a class
 * name; features signal a refusal by throwing {@link io.pulzar.http.ApiException} and nothing else.
 *
 * <p>Threading: everything here is stateless or immutable, and safe on event loops; nothing blocks.
 */
@NullMarked
package io.pulzar.http;

import org.jspecify.annotations.NullMarked;

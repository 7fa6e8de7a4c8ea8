package io.pulzar.bucket;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The bean exists only where the bytes of values are in a bucket. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Requires(property = OnBucket.PROPERTY, value = "true")
public @interface OnBucket {

  /** Set for each context by what its settings say. */
  String PROPERTY = "pulzar-bucket";
}

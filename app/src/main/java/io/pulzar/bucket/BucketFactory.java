package io.pulzar.bucket;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;

/** Opens the bucket where the settings name one. */
@Factory
final class BucketFactory {

  @OnBucket
  @Singleton
  @Bean(preDestroy = "close")
  Bucket bucket(Settings settings) {
    return Bucket.open(settings);
  }
}

package io.pulzar.values;

import io.pulzar.bucket.OnBucket;
import io.pulzar.cluster.NodeCount;
import io.pulzar.roles.OnNode;
import jakarta.inject.Singleton;

/** Tells the master that this node can take and give out values that are in the bucket. */
@OnNode
@OnBucket
@Singleton
final class BucketCount implements NodeCount {

  @Override
  public String what() {
    return BUCKETS;
  }

  @Override
  public long count() {
    return 1;
  }
}

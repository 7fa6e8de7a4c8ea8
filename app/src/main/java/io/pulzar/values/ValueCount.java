package io.pulzar.values;

import io.pulzar.cluster.NodeCount;
import io.pulzar.roles.OnNode;
import io.pulzar.storage.Database;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** How many values a node has, those included that are being written or removed. */
@OnNode
@Singleton
record ValueCount(@Named(ValuesFactory.DATABASE) Database database) implements NodeCount {

  @Override
  public String what() {
    return VALUES;
  }

  @Override
  public long count() {
    return database.statistics(ValueTables.VALUES).entries();
  }
}

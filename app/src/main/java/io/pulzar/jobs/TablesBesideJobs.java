package io.pulzar.jobs;

import io.pulzar.storage.Table;
import java.util.List;

/** Tables of another feature in the storage of the jobs, so that one transaction spans both. */
public interface TablesBesideJobs {

  List<Table<?, ?>> tables();
}

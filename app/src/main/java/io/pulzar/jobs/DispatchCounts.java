package io.pulzar.jobs;

/** How many jobs wait, how many nodes hold, and how many slots are free. */
record DispatchCounts(int pending, int running, int freeSlots) {}

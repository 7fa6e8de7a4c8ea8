package io.pulzar.storage;

/** The shape of one table's tree, as LMDB counts it. */
public record TableStatistics(
    int pageSize, int depth, long branchPages, long leafPages, long overflowPages, long entries) {}

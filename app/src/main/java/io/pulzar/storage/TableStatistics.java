package io.pulzar.storage;

/**
 * The shape of one table.
 *
 * @param pageSize in bytes; this and the counts of pages are 0 where an engine has no such thing
 */
public record TableStatistics(
    int pageSize, int depth, long branchPages, long leafPages, long overflowPages, long entries) {}

package io.pulzar.storage;

/**
 * What the writer did since the database was opened.
 *
 * @param commits transactions committed, each with one sync
 * @param writes bodies that they contained
 * @param waiting bodies that wait now
 */
public record WriteActivity(long commits, long writes, int waiting) {}

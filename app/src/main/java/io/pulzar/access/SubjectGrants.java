package io.pulzar.access;

import io.pulzar.rights.Grant;
import java.time.Instant;
import java.util.List;

/** What a subject may do. */
record SubjectGrants(Subject subject, List<Grant> grants, Instant changed) {}

package io.tandem.admin.view;

/** Percentiles of one step of a message's way since the start. */
public record LatencyView(String stage, long count, long p50Ns, long p90Ns, long p99Ns, long p999Ns, long maxNs) {}

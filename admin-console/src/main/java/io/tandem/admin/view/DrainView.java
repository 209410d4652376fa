package io.tandem.admin.view;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether new calls are refused.
 *
 * @param since     when the drain began; empty when there is none
 * @param callsLive calls still in progress
 */
public record DrainView(boolean draining, Optional<Instant> since, long callsLive) {}

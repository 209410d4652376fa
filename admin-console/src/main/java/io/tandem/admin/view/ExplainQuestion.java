package io.tandem.admin.view;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A call that might come.
 *
 * @param from   caller's number as a trunk would send it
 * @param to     number dialled
 * @param at     moment to route it at; empty for now
 * @param source address it comes from; empty to leave out the screening of sources
 */
public record ExplainQuestion(String from, String to, Optional<Instant> at, Optional<InetAddress> source) {}

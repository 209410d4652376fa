package io.tandem.routing.counter;

/**
 * How full a bounded table is, at one instant.
 *
 * @param name    for people
 * @param used    entries now, or bytes where the name says so
 * @param limit   most there may be
 * @param peak    most there have been since the process began
 * @param refused how often there was no room since the process began
 */
public record TableFill(String name, long used, long limit, long peak, long refused) {}

package io.tandem.admin.view;

/**
 * One counter.
 *
 * @param name dotted lower-case name, unique
 * @param unit what it counts, in the plural
 * @param help one sentence
 */
public record CounterView(String name, long value, String unit, String help) {}

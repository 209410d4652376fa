package io.tandem.admin.view;

import java.util.OptionalLong;

/**
 * One admission counter.
 *
 * @param name  name of the resource it belongs to; empty when it has none
 * @param limit empty when there is no ceiling
 */
public record CeilingView(String dimension, String id, String name, long count, OptionalLong limit) {}

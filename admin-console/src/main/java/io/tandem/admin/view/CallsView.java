package io.tandem.admin.view;

import java.util.List;

/**
 * Live calls.
 *
 * @param live    all live calls
 * @param matched those that fit the filter
 * @param calls   the newest of those, up to the limit asked for
 */
public record CallsView(long live, long matched, List<CallView> calls) {}

package io.tandem.appliance.operator;

import io.tandem.admin.view.CeilingView;
import io.tandem.routing.admission.Dimension;
import io.tandem.routing.core.Core;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What admission counts, in the console's words. */
final class CeilingViews {
    private CeilingViews() {}

    /** Counters in use of one dimension, or of all if its word is empty. Core's thread. */
    static List<CeilingView> of(final Core core, final String dimension) {
        final Names names = new Names(core);
        final List<CeilingView> views = new ArrayList<>();
        core.ledger().reader().forEach((counted, high, low, count, limit) -> {
            if (dimension.isEmpty() || word(counted).equals(dimension)) {
                views.add(new CeilingView(
                        word(counted),
                        id(counted, high, low),
                        name(names, counted, high, low),
                        count,
                        limit(names, counted, high, low, limit)));
            }
        });
        views.sort(Comparator.comparing(CeilingView::dimension).thenComparing(CeilingView::id));
        return views;
    }

    /**
     * What the resource is configured with now; the counter itself knows only what the last call was admitted under, and
     * nothing after a restart. Which trunk identical calls came by is not to be told from their counter.
     */
    private static OptionalLong limit(
            final Names names, final Dimension dimension, final long high, final long low, final int admittedUnder) {
        return switch (dimension) {
            case ACCOUNT_IN -> names.figure(ResourceKind.ACCOUNTS, high, low, "max_in");
            case ACCOUNT_OUT -> names.figure(ResourceKind.ACCOUNTS, high, low, "max_out");
            case TRUNK -> names.figure(ResourceKind.TRUNKS, high, low, "max_channels");
            case NUMBER -> names.figure(ResourceKind.NUMBERS, high, low, "max_channels");
            case CONFERENCE -> names.figure(ResourceKind.CONFERENCES, high, low, "max_members");
            case QUEUE -> names.figure(ResourceKind.QUEUES, high, low, "max_queued");
            case IDENTICAL, ACCOUNT_DIALER, USER ->
                admittedUnder < 0 ? OptionalLong.empty() : OptionalLong.of(admittedUnder);
        };
    }

    static List<String> dimensions() {
        return Arrays.stream(Dimension.values()).map(CeilingViews::word).toList();
    }

    static String word(final Dimension dimension) {
        return dimension.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String id(final Dimension dimension, final long high, final long low) {
        return new ResourceId(high, low).prefixed(kind(dimension));
    }

    private static ResourceKind kind(final Dimension dimension) {
        return switch (dimension) {
            case NUMBER -> ResourceKind.NUMBERS;
            case TRUNK, IDENTICAL -> ResourceKind.TRUNKS;
            case CONFERENCE -> ResourceKind.CONFERENCES;
            case QUEUE -> ResourceKind.QUEUES;
            default -> ResourceKind.ACCOUNTS;
        };
    }

    private static String name(final Names names, final Dimension dimension, final long high, final long low) {
        return switch (kind(dimension)) {
            case NUMBERS -> names.number(high, low);
            case TRUNKS -> names.trunk(high, low);
            default -> names.of(kind(dimension), high, low);
        };
    }
}

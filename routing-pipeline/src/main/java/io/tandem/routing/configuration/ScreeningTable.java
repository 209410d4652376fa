package io.tandem.routing.configuration;

import io.tandem.routing.model.AddressRange;
import io.tandem.routing.model.IdSearch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whose call it is, by source address: the longest matching block of all trunks that bring calls, and of equal blocks the
 * one whose trunk has the lowest identifier. IPv4 and IPv6 blocks never match each other's addresses. Immutable; look-ups
 * allocate nothing and cost one binary search for each prefix length in use.
 */
final class ScreeningTable {
    private final Family ipv4;
    private final Family ipv6;

    private ScreeningTable(final Family ipv4, final Family ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /** Builds the table from trunks in any order. */
    static ScreeningTable of(final List<TrunkPlan> trunks) {
        final List<Entry> ipv4 = new ArrayList<>();
        final List<Entry> ipv6 = new ArrayList<>();
        for (final TrunkPlan plan : trunks) {
            if (plan.trunk().bringsCallsByAddress()) {
                for (final String text : plan.trunk().acl()) {
                    final AddressRange range = AddressRange.parse(text);
                    if (range != null) {
                        (range.isIpv4() ? ipv4 : ipv6).add(new Entry(range, plan));
                    }
                }
            }
        }
        return new ScreeningTable(new Family(ipv4), new Family(ipv6));
    }

    /** The trunk that calls from an address belong to, or null. */
    TrunkPlan find(final long addressHigh, final long addressLow) {
        final boolean mapped = addressHigh == 0 && addressLow >>> 32 == 0xffff;
        return (mapped ? ipv4 : ipv6).find(addressHigh, addressLow);
    }

    private record Entry(AddressRange range, TrunkPlan plan) {
        static final Comparator<Entry> ORDER = Comparator.<Entry>comparingInt(e -> -e.range.prefixBits())
                .thenComparing((a, b) -> Long.compareUnsigned(a.range.high(), b.range.high()))
                .thenComparing((a, b) -> Long.compareUnsigned(a.range.low(), b.range.low()))
                .thenComparing(e -> e.plan.trunk().id());

        boolean sameRange(final Entry other) {
            return range.equals(other.range);
        }
    }

    /** Blocks sorted by falling prefix length, then address; {@code starts} says where each length begins. */
    private static final class Family {
        private final long[] highs;
        private final long[] lows;
        private final TrunkPlan[] plans;
        private final int[] prefixBits;
        private final int[] starts;

        Family(final List<Entry> entries) {
            entries.sort(Entry.ORDER);
            final List<Entry> distinct = new ArrayList<>();
            final List<Integer> lengths = new ArrayList<>();
            final List<Integer> firsts = new ArrayList<>();
            for (final Entry entry : entries) {
                if (!distinct.isEmpty() && distinct.getLast().sameRange(entry)) {
                    continue;
                }
                if (lengths.isEmpty() || lengths.getLast() != entry.range.prefixBits()) {
                    lengths.add(entry.range.prefixBits());
                    firsts.add(distinct.size());
                }
                distinct.add(entry);
            }
            firsts.add(distinct.size());
            highs = new long[distinct.size()];
            lows = new long[distinct.size()];
            plans = new TrunkPlan[distinct.size()];
            for (int i = 0; i < plans.length; i++) {
                highs[i] = distinct.get(i).range.high();
                lows[i] = distinct.get(i).range.low();
                plans[i] = distinct.get(i).plan;
            }
            prefixBits = lengths.stream().mapToInt(Integer::intValue).toArray();
            starts = firsts.stream().mapToInt(Integer::intValue).toArray();
        }

        TrunkPlan find(final long addressHigh, final long addressLow) {
            for (int i = 0; i < prefixBits.length; i++) {
                final long high = addressHigh & AddressRange.highMask(prefixBits[i]);
                final long low = addressLow & AddressRange.lowMask(prefixBits[i]);
                final int found = IdSearch.find(highs, lows, starts[i], starts[i + 1], high, low);
                if (found >= 0) {
                    return plans[found];
                }
            }
            return null;
        }
    }
}

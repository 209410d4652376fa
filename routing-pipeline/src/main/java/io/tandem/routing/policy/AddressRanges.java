package io.tandem.routing.policy;

import io.tandem.routing.number.Country;
import java.util.Arrays;

/**
 * Collects blocks of addresses in ascending order and makes of them ranges without gaps: between blocks the country is {@link
 * Country#NONE}, and neighbours with one country are one range.
 */
final class AddressRanges {
    private final int rangesMax;

    /** Lower half of what follows the last address; the upper half is 0. */
    private final long endLow;

    private long[] highs = new long[1024];
    private long[] lows = new long[1024];
    private int[] countries = new int[1024];
    private int count;
    private boolean toTheEnd;

    private AddressRanges(final int rangesMax, final long endLow) {
        this.rangesMax = rangesMax;
        this.endLow = endLow;
    }

    /** For IPv4 addresses as IPv4-mapped IPv6. */
    static AddressRanges ipv4(final int rangesMax) {
        return new AddressRanges(rangesMax, 0x1_0000_0000_0000L);
    }

    /** For all others. */
    static AddressRanges ipv6(final int rangesMax) {
        return new AddressRanges(rangesMax, 0);
    }

    /**
     * Adds a block.
     *
     * @return false if there are too many ranges, or if the block does not lie behind the last one.
     */
    boolean add(final long high, final long low, final int prefixBits, final int country) {
        if (toTheEnd || (count > 0 && compare(high, low, highs[count - 1], lows[count - 1]) < 0)) {
            return false;
        }
        if (count > 0 && highs[count - 1] == high && lows[count - 1] == low) {
            count--;
        }
        start(high, low, country);
        final long nextLow = prefixBits <= 64 ? 0 : low + (1L << (128 - prefixBits));
        final boolean carry = prefixBits <= 64 || (nextLow == 0 && low != 0);
        final long step = prefixBits == 0 ? -high : prefixBits <= 64 ? 1L << (64 - prefixBits) : 1;
        final long nextHigh = carry ? high + step : high;
        toTheEnd = nextHigh == 0 && nextLow == endLow;
        if (!toTheEnd) {
            start(nextHigh, nextLow, Country.NONE);
        }
        return count <= rangesMax;
    }

    int count() {
        return count;
    }

    long[] highs() {
        return Arrays.copyOf(highs, count);
    }

    long[] lows() {
        return Arrays.copyOf(lows, count);
    }

    int[] ipv4Starts() {
        final int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = (int) lows[i];
        }
        return starts;
    }

    int[] countries() {
        return Arrays.copyOf(countries, count);
    }

    private void start(final long high, final long low, final int country) {
        if (count > 0 && countries[count - 1] == country) {
            return;
        }
        if (count == 0 && country == Country.NONE) {
            return;
        }
        if (count == highs.length) {
            highs = Arrays.copyOf(highs, 2 * count);
            lows = Arrays.copyOf(lows, 2 * count);
            countries = Arrays.copyOf(countries, 2 * count);
        }
        highs[count] = high;
        lows[count] = low;
        countries[count++] = country;
    }

    private static int compare(final long high, final long low, final long otherHigh, final long otherLow) {
        final int upper = Long.compareUnsigned(high, otherHigh);
        return upper != 0 ? upper : Long.compareUnsigned(low, otherLow);
    }
}

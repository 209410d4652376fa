package io.tandem.routing.policy;

import io.tandem.routing.number.Country;

/**
 * Countries of source addresses, as an operator's file says (see {@link AddressCountriesFile}): ranges of addresses in ascending
 * order, each with its country. Immutable; any thread; a look-up is a binary search and allocates nothing. 8 bytes for each
 * range of IPv4 addresses, 20 for each of IPv6.
 */
public final class AddressCountries {
    /** Without a file every country is unknown. */
    public static final AddressCountries NONE =
            new AddressCountries(CountriesVersion.NONE, new int[0], new int[0], new long[0], new long[0], new int[0]);

    private final CountriesVersion version;
    private final int[] ipv4Starts;
    private final int[] ipv4Countries;
    private final long[] ipv6Highs;
    private final long[] ipv6Lows;
    private final int[] ipv6Countries;

    /** Each range goes to the start of the next one of its family; starts are unsigned and ascending. */
    AddressCountries(
            final CountriesVersion version,
            final int[] ipv4Starts,
            final int[] ipv4Countries,
            final long[] ipv6Highs,
            final long[] ipv6Lows,
            final int[] ipv6Countries) {
        this.version = version;
        this.ipv4Starts = ipv4Starts;
        this.ipv4Countries = ipv4Countries;
        this.ipv6Highs = ipv6Highs;
        this.ipv6Lows = ipv6Lows;
        this.ipv6Countries = ipv6Countries;
    }

    /** The file that it is from. Decisions by another version may differ. */
    public CountriesVersion version() {
        return version;
    }

    /** Ranges of both families. */
    public int ranges() {
        return ipv4Starts.length + ipv6Highs.length;
    }

    /** Country of an address, IPv4 as IPv4-mapped IPv6, or {@link Country#NONE}. */
    public int countryOf(final long addressHigh, final long addressLow) {
        if (addressHigh == 0 && addressLow >>> 32 == 0xffff) {
            return ofIpv4((int) addressLow);
        }
        return ofIpv6(addressHigh, addressLow);
    }

    private int ofIpv4(final int address) {
        int from = 0;
        int to = ipv4Starts.length;
        while (from < to) {
            final int middle = (from + to) >>> 1;
            if (Integer.compareUnsigned(ipv4Starts[middle], address) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from == 0 ? Country.NONE : ipv4Countries[from - 1];
    }

    private int ofIpv6(final long high, final long low) {
        int from = 0;
        int to = ipv6Highs.length;
        while (from < to) {
            final int middle = (from + to) >>> 1;
            final int upper = Long.compareUnsigned(ipv6Highs[middle], high);
            final int order = upper != 0 ? upper : Long.compareUnsigned(ipv6Lows[middle], low);
            if (order <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from == 0 ? Country.NONE : ipv6Countries[from - 1];
    }
}

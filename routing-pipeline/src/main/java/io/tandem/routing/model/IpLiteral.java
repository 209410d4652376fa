package io.tandem.routing.model;

/** An address written in numbers; never a host name, never a look-up. IPv4 becomes IPv4-mapped IPv6. */
public record IpLiteral(long high, long low) {
    private static final long MAPPED = 0xffff_0000_0000L;

    /** Reads dotted IPv4 or IPv6 without brackets (RFC 4291 section 2.2); null if it is neither. */
    public static IpLiteral parse(final String text) {
        if (text.indexOf(':') < 0) {
            final long address = parseIpv4(text, 0);
            return address < 0 ? null : new IpLiteral(0, MAPPED | address);
        }
        return parseIpv6(text);
    }

    /** Whether it is an IPv4 address. */
    public boolean isIpv4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** As it stands in a URI: dotted, or in brackets. */
    public String uriHost() {
        if (isIpv4()) {
            return (low >>> 24 & 0xff) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
        }
        return '[' + ipv6Text() + ']';
    }

    /** RFC 5952: lower case, no leading zeros, the longest run of zeros shortened. */
    private String ipv6Text() {
        final int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (48 - (i & 3) * 16) & 0xffff);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && groups[i + length] == 0) {
                length++;
            }
            if (length > bestLength) {
                bestStart = i;
                bestLength = length;
            }
        }
        final StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < 8) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
            i++;
        }
        return text.toString();
    }

    private static long parseIpv4(final String text, final int start) {
        long address = 0;
        int octets = 0;
        int i = start;
        while (i < text.length()) {
            int value = 0;
            int digits = 0;
            while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9' && digits < 4) {
                value = value * 10 + (text.charAt(i) - '0');
                digits++;
                i++;
            }
            if (digits == 0 || digits > 3 || value > 255) {
                return -1;
            }
            address = address << 8 | value;
            octets++;
            if (i == text.length()) {
                break;
            }
            if (text.charAt(i) != '.' || octets == 4 || ++i == text.length()) {
                return -1;
            }
        }
        return octets == 4 ? address : -1;
    }

    private static IpLiteral parseIpv6(final String text) {
        final int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int i = 0;
        if (text.startsWith("::")) {
            gap = 0;
            i = 2;
        }
        while (i < text.length()) {
            if (count == 8) {
                return null;
            }
            final int colon = text.indexOf(':', i);
            final int end = colon < 0 ? text.length() : colon;
            if (colon < 0 && text.indexOf('.', i) >= 0) {
                final long address = parseIpv4(text, i);
                if (address < 0 || count > 6) {
                    return null;
                }
                groups[count++] = (int) (address >>> 16);
                groups[count++] = (int) (address & 0xffff);
                break;
            }
            final int group = hexGroup(text, i, end);
            if (group < 0) {
                return null;
            }
            groups[count++] = group;
            if (colon < 0) {
                break;
            }
            i = colon + 1;
            if (i < text.length() && text.charAt(i) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                i++;
            } else if (i == text.length()) {
                return null;
            }
        }
        if (gap < 0 ? count != 8 : count == 8) {
            return null;
        }
        final int missing = 8 - count;
        long high = 0;
        long low = 0;
        for (int g = 0; g < 8; g++) {
            final int value;
            if (gap < 0 || g < gap) {
                value = groups[g];
            } else if (g < gap + missing) {
                value = 0;
            } else {
                value = groups[g - missing];
            }
            if (g < 4) {
                high = high << 16 | value;
            } else {
                low = low << 16 | value;
            }
        }
        return new IpLiteral(high, low);
    }

    private static int hexGroup(final String text, final int start, final int end) {
        if (end == start || end - start > 4) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            final int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}

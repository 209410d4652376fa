package io.tandem.routing.model;

import io.tandem.routing.address.IpLiteral;

/** {@code host[:port]} where the host is an address in numbers: {@code 192.0.2.1:5080} or {@code [2001:db8::1]}. */
record HostPort(IpLiteral host, int port) {
    /** Reads one; null if it is not given or wrong, which is reported. */
    static HostPort read(final Fields fields, final String field, final int defaultPort) {
        final String text = fields.text(field, null);
        if (text == null) {
            return null;
        }
        if (text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[") && IpLiteral.parse(text) != null) {
            fields.refuse(field, "must have an IPv6 address in brackets", "write it like [2001:db8::1]:5060");
            return null;
        }
        final int bracket = text.indexOf(']');
        final int colon = text.startsWith("[") ? text.indexOf(':', Math.max(bracket, 0)) : text.indexOf(':');
        final String hostText = colon < 0 ? text : text.substring(0, colon);
        final int port = colon < 0 ? defaultPort : port(text.substring(colon + 1));
        final IpLiteral host = host(hostText);
        if (host == null) {
            fields.refuse(
                    field,
                    "must be an IP address with an optional port, for host names are not looked up",
                    "write the host's address like 192.0.2.1:5060 or [2001:db8::1]:5060; getent ahosts NAME tells it");
            return null;
        }
        if (port == 0) {
            fields.refuse(field, "must have a port from 1 to 65535 behind the colon", "write it like 192.0.2.1:5060");
            return null;
        }
        return new HostPort(host, port);
    }

    private static IpLiteral host(final String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            final String inside = text.substring(1, text.length() - 1);
            return inside.indexOf(':') < 0 ? null : IpLiteral.parse(inside);
        }
        return text.indexOf(':') >= 0 ? null : IpLiteral.parse(text);
    }

    private static int port(final String text) {
        if (text.isEmpty() || text.length() > 5) {
            return 0;
        }
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            port = port * 10 + (c - '0');
        }
        return port <= 65_535 ? port : 0;
    }
}

package io.tandem.appliance.settings;

import io.tandem.appliance.settings.ValueType.Choice;
import io.tandem.appliance.settings.ValueType.Duration;
import io.tandem.appliance.settings.ValueType.Endpoint;
import io.tandem.appliance.settings.ValueType.Flag;
import io.tandem.appliance.settings.ValueType.Size;
import io.tandem.appliance.settings.ValueType.Text;
import io.tandem.appliance.settings.ValueType.Whole;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the value of a setting looks like. */
public sealed interface ValueType permits Whole, Size, Duration, Endpoint, Choice, Flag, Text {
    /** How the reference describes it. */
    String description();

    /** What is wrong with a value, as the rest of a sentence ("must be ..."), or null when it is fine. */
    String problem(String value);

    /** A whole number without unit. */
    record Whole(long min, long max) implements ValueType {
        @Override
        public String description() {
            return "number " + min + " to " + max;
        }

        @Override
        public String problem(final String value) {
            return within(Parsing.whole(value), min, max, "must be a whole number from " + min + " to " + max);
        }
    }

    /** A number of bytes, optionally with KiB, MiB or GiB. */
    record Size(long minBytes, long maxBytes) implements ValueType {
        @Override
        public String description() {
            return "size " + Parsing.sizeText(minBytes) + " to " + Parsing.sizeText(maxBytes);
        }

        @Override
        public String problem(final String value) {
            return within(
                    Parsing.size(value),
                    minBytes,
                    maxBytes,
                    "must be a size such as 4MiB from " + Parsing.sizeText(minBytes) + " to "
                            + Parsing.sizeText(maxBytes));
        }
    }

    /** A span of time with ms, s, m or h. */
    record Duration(long minMs, long maxMs) implements ValueType {
        @Override
        public String description() {
            return "time " + Parsing.durationText(minMs) + " to " + Parsing.durationText(maxMs);
        }

        @Override
        public String problem(final String value) {
            return within(
                    Parsing.duration(value),
                    minMs,
                    maxMs,
                    "must be a time with unit such as 500ms, 5s, 10m or 2h from " + Parsing.durationText(minMs) + " to "
                            + Parsing.durationText(maxMs));
        }
    }

    /** An IP address literal with a port; {@code optional} allows {@code off}. */
    record Endpoint(boolean optional) implements ValueType {
        @Override
        public String description() {
            return optional ? "address:port or off" : "address:port";
        }

        @Override
        public String problem(final String value) {
            if (optional && (value.equals("off") || value.isEmpty())) {
                return null;
            }
            return Parsing.endpoint(value) == null
                    ? "must be an IP address and port such as 192.0.2.1:5060 or [2001:db8::1]:5060"
                    : null;
        }
    }

    /** One of a few words. */
    record Choice(List<String> words) implements ValueType {
        Choice(final String... words) {
            this(List.of(words));
        }

        @Override
        public String description() {
            return String.join(" | ", words);
        }

        @Override
        public String problem(final String value) {
            return words.contains(value) ? null : "must be one of " + String.join(", ", words);
        }
    }

    /** True or false. */
    record Flag() implements ValueType {
        @Override
        public String description() {
            return "true | false";
        }

        @Override
        public String problem(final String value) {
            return value.equals("true") || value.equals("false") ? null : "must be true or false";
        }
    }

    /** Any text that matches a pattern. */
    record Text(String description, String pattern) implements ValueType {
        @Override
        public String problem(final String value) {
            return value.matches(pattern) ? null : "must be " + description;
        }
    }

    private static String within(final long value, final long min, final long max, final String problem) {
        return value == Parsing.NOT_A_NUMBER || value < min || value > max ? problem : null;
    }

    /** Reads and prints values. */
    final class Parsing {
        static final long NOT_A_NUMBER = Long.MIN_VALUE;
        private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)?");
        private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h)");
        private static final Pattern ENDPOINT = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+)):(\\d{1,5})");

        private Parsing() {}

        static long whole(final String value) {
            return value.matches("-?\\d{1,18}") ? Long.parseLong(value) : NOT_A_NUMBER;
        }

        static long size(final String value) {
            final Matcher matcher = SIZE.matcher(value);
            if (!matcher.matches()) {
                return NOT_A_NUMBER;
            }
            final int shift =
                    switch (matcher.group(2)) {
                        case "KiB" -> 10;
                        case "MiB" -> 20;
                        case "GiB" -> 30;
                        case null, default -> 0;
                    };
            return Long.parseLong(matcher.group(1)) << shift;
        }

        static long duration(final String value) {
            final Matcher matcher = DURATION.matcher(value);
            if (!matcher.matches()) {
                return NOT_A_NUMBER;
            }
            final long unit =
                    switch (matcher.group(2)) {
                        case "s" -> 1_000;
                        case "m" -> 60_000;
                        case "h" -> 3_600_000;
                        default -> 1;
                    };
            return Long.parseLong(matcher.group(1)) * unit;
        }

        static InetSocketAddress endpoint(final String value) {
            final Matcher matcher = ENDPOINT.matcher(value);
            if (!matcher.matches()) {
                return null;
            }
            final String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            final int port = Integer.parseInt(matcher.group(3));
            try {
                return port > 65_535 ? null : new InetSocketAddress(InetAddress.ofLiteral(host), port);
            } catch (final IllegalArgumentException e) {
                return null;
            }
        }

        static String sizeText(final long bytes) {
            if (bytes >= 1 << 30 && bytes % (1 << 30) == 0) {
                return (bytes >> 30) + "GiB";
            }
            if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
                return (bytes >> 20) + "MiB";
            }
            return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
        }

        static String durationText(final long ms) {
            if (ms >= 3_600_000 && ms % 3_600_000 == 0) {
                return ms / 3_600_000 + "h";
            }
            if (ms >= 60_000 && ms % 60_000 == 0) {
                return ms / 60_000 + "m";
            }
            return ms >= 1_000 && ms % 1_000 == 0 ? ms / 1_000 + "s" : String.format(Locale.ROOT, "%dms", ms);
        }
    }
}

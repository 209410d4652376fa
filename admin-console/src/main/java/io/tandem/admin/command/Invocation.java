package io.tandem.admin.command;

import io.tandem.admin.view.ApplianceControl;
import io.tandem.admin.view.ApplianceView;
import io.tandem.admin.view.CounterView;
import io.tandem.admin.view.Refusal;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One run of a command.
 *
 * @param values      arguments that were given, by name
 * @param ownCounters counters of the console itself
 * @param progress    takes a line while the command runs; drops it when the answer is JSON
 * @param who         who entered it, for the audit
 * @param now         when
 */
record Invocation(
        CommandTable table,
        Map<String, String> values,
        ApplianceView view,
        ApplianceControl control,
        Supplier<List<CounterView>> ownCounters,
        Consumer<String> progress,
        String who,
        Instant now) {

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    boolean given(String name) {
        return values.containsKey(name);
    }

    int count(String name, int absent, int limit) {
        if (!given(name)) {
            return absent;
        }
        var text = text(name);
        boolean digits = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int count = digits ? Integer.parseInt(text) : 0;
        if (count < 1 || count > limit) {
            throw new Refusal("not a usable count: " + name + "=" + text, "give a whole number from 1 to " + limit);
        }
        return count;
    }

    Optional<Instant> time(String name) {
        if (!given(name)) {
            return Optional.empty();
        }
        var text = text(name);
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException zoneless) {
            try {
                return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            } catch (DateTimeParseException unreadable) {
                throw new Refusal(
                        "not a time: " + name + "=" + text,
                        "write it as 2026-12-25T17:30:00Z, 2026-12-25T17:30+01:00, or without a zone for UTC");
            }
        }
    }

    /** An address literal; names are not resolved, so that no question leaves the machine. */
    Optional<InetAddress> address(String name) {
        if (!given(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text(name)));
        } catch (IllegalArgumentException unreadable) {
            throw new Refusal("not an IP address: " + name + "=" + text(name), "write it as 192.0.2.1 or 2001:db8::1");
        }
    }
}

package io.tandem.routing.core;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.Listener;
import io.tandem.routing.address.Listeners;
import io.tandem.routing.policy.CountriesVersion;
import io.tandem.routing.stage.StageSettings;
import io.tandem.routing.transaction.TimerValues;
import io.tandem.routing.transaction.TransactionLimits;
import io.tandem.sip.SipLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Everything that the core depends on beside configuration and messages. It enters with {@code Restarted} as text and so
 * stands in the journal: a replay needs no settings file.
 *
 * @param listeners       sockets of this life.
 * @param timers          timer values.
 * @param callsMax        most calls in the table.
 * @param transactionsMax most client transactions of each kind, and most server transactions of each kind.
 * @param storeBytesMax   most bytes of messages and dialogs that are kept.
 * @param sipLimits       what one message may cost; the same that the transports index with.
 * @param countries       which file tells the countries of source addresses.
 * @param answers         how some refusals are answered.
 */
public record CoreSettings(
        List<Listener> listeners,
        TimerValues timers,
        int callsMax,
        int transactionsMax,
        long storeBytesMax,
        SipLimits sipLimits,
        CountriesVersion countries,
        StageSettings answers) {
    /** Calls in the table unless a setting says otherwise. */
    public static final int CALLS_MAX_DEFAULT = 20_000;

    /** Transactions of each kind. */
    public static final int TRANSACTIONS_MAX_DEFAULT = 400_000;

    /** Bytes kept. */
    public static final long STORE_BYTES_MAX_DEFAULT = 2L << 30;

    private static final String DELETED_NUMBER = "answer.deleted-number";
    private static final String UNKNOWN_SOURCE_DROPPED = "answer.unknown-source-dropped";

    public CoreSettings {
        listeners = List.copyOf(listeners);
    }

    /** Settings with the default limits of a message and answers, and no file of countries. */
    public CoreSettings(
            final List<Listener> listeners,
            final TimerValues timers,
            final int callsMax,
            final int transactionsMax,
            final long storeBytesMax) {
        this(
                listeners,
                timers,
                callsMax,
                transactionsMax,
                storeBytesMax,
                SipLimits.DEFAULT,
                CountriesVersion.NONE,
                StageSettings.DEFAULT);
    }

    /** Settings with the default limits and timers. */
    public static CoreSettings of(final List<Listener> listeners) {
        return new CoreSettings(
                listeners, TimerValues.DEFAULT, CALLS_MAX_DEFAULT, TRANSACTIONS_MAX_DEFAULT, STORE_BYTES_MAX_DEFAULT);
    }

    Listeners listenerTable() {
        return new Listeners(listeners);
    }

    TransactionLimits transactionLimits() {
        return new TransactionLimits(transactionsMax, transactionsMax);
    }

    /** One {@code key=value} a line. */
    public String toText() {
        final StringBuilder text = new StringBuilder();
        for (final Listener listener : listeners) {
            text.append("listener.").append(listener.id()).append('=');
            text.append(listener.name())
                    .append(' ')
                    .append(listener.transport())
                    .append(' ')
                    .append(listener.host())
                    .append(' ')
                    .append(listener.port())
                    .append(' ')
                    .append(listener.ipv4() ? "ipv4" : "ipv6")
                    .append('\n');
        }
        line(text, "timer.t1-ms", TimeUnit.NANOSECONDS.toMillis(timers.t1Ns()));
        line(text, "timer.t2-ms", TimeUnit.NANOSECONDS.toMillis(timers.t2Ns()));
        line(text, "timer.t4-ms", TimeUnit.NANOSECONDS.toMillis(timers.t4Ns()));
        line(text, "timer.c-ms", TimeUnit.NANOSECONDS.toMillis(timers.timerCNs()));
        line(text, "limit.calls", callsMax);
        line(text, "limit.transactions", transactionsMax);
        line(text, "limit.store-bytes", storeBytesMax);
        line(text, "limit.message-bytes", sipLimits.messageBytesMax());
        line(text, "limit.head-bytes", sipLimits.headBytesMax());
        line(text, "limit.headers", sipLimits.headerCountMax());
        line(text, "limit.header-bytes", sipLimits.headerBytesMax());
        line(text, "limit.uri-bytes", sipLimits.uriBytesMax());
        line(text, DELETED_NUMBER, answers.deletedNumberStatus());
        line(text, UNKNOWN_SOURCE_DROPPED, answers.dropUnknownSource() ? 1 : 0);
        if (!countries.isNone()) {
            text.append("countries.sha256=").append(countries.sha256()).append('\n');
            line(text, "countries.built-sec", countries.builtSec());
        }
        return text.toString();
    }

    /**
     * Reads what {@link #toText()} wrote. Unknown keys are those of a newer build and are passed over; missing ones have
     * their defaults.
     *
     * @throws IllegalArgumentException naming the line that cannot be read.
     */
    public static CoreSettings parse(final String text) {
        final Map<String, String> values = new TreeMap<>();
        final List<Listener> listeners = new ArrayList<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            final int equals = line.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("core setting without '=': line=" + line);
            }
            final String key = line.substring(0, equals);
            final String value = line.substring(equals + 1);
            if (key.startsWith("listener.")) {
                listeners.add(listener(Integer.parseInt(key.substring("listener.".length())), value));
            } else {
                values.put(key, value);
            }
        });
        final TimerValues defaults = TimerValues.DEFAULT;
        return new CoreSettings(
                listeners,
                new TimerValues(
                        milliseconds(values, "timer.t1-ms", defaults.t1Ns()),
                        milliseconds(values, "timer.t2-ms", defaults.t2Ns()),
                        milliseconds(values, "timer.t4-ms", defaults.t4Ns()),
                        milliseconds(values, "timer.c-ms", defaults.timerCNs())),
                (int) number(values, "limit.calls", CALLS_MAX_DEFAULT),
                (int) number(values, "limit.transactions", TRANSACTIONS_MAX_DEFAULT),
                number(values, "limit.store-bytes", STORE_BYTES_MAX_DEFAULT),
                new SipLimits(
                        (int) number(values, "limit.message-bytes", SipLimits.DEFAULT.messageBytesMax()),
                        (int) number(values, "limit.head-bytes", SipLimits.DEFAULT.headBytesMax()),
                        (int) number(values, "limit.headers", SipLimits.DEFAULT.headerCountMax()),
                        (int) number(values, "limit.header-bytes", SipLimits.DEFAULT.headerBytesMax()),
                        (int) number(values, "limit.uri-bytes", SipLimits.DEFAULT.uriBytesMax())),
                new CountriesVersion(
                        values.getOrDefault("countries.sha256", ""), number(values, "countries.built-sec", 0)),
                new StageSettings(
                        (int) number(values, DELETED_NUMBER, StageSettings.DEFAULT.deletedNumberStatus()),
                        number(values, UNKNOWN_SOURCE_DROPPED, 0) == 1));
    }

    private static Listener listener(final int id, final String value) {
        final String[] parts = value.split(" ", -1);
        if (parts.length < 5) {
            throw new IllegalArgumentException("core setting of a listener unreadable: id=" + id + " value=" + value);
        }
        return new Listener(
                id,
                parts[0],
                TransportKind.valueOf(parts[1]),
                parts[2],
                Integer.parseInt(parts[3]),
                "ipv4".equals(parts[4]));
    }

    private static long milliseconds(final Map<String, String> values, final String key, final long defaultNs) {
        final String value = values.get(key);
        return value == null ? defaultNs : TimeUnit.MILLISECONDS.toNanos(Long.parseLong(value));
    }

    private static long number(final Map<String, String> values, final String key, final long defaultValue) {
        final String value = values.get(key);
        return value == null ? defaultValue : Long.parseLong(value);
    }

    private static void line(final StringBuilder text, final String key, final long value) {
        text.append(key).append('=').append(value).append('\n');
    }
}

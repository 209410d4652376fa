package io.tandem.appliance.settings;

import io.tandem.appliance.transport.Listener;
import io.tandem.journal.IoReason;
import io.tandem.journal.JournalSettings;
import io.tandem.journal.RollEvery;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.stage.StageSettings;
import io.tandem.sip.SipLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * The values of a process: defaults, then the file, then {@code --set}. Every problem is one sentence that names the
 * setting, the value and the rule.
 */
public final class Settings {
    /** File that is read when none is named and it exists. */
    public static final Path DEFAULT_FILE = Path.of("tandem.toml");

    private static final Pattern PER_LISTENER = Pattern.compile("listener\\.([A-Za-z][A-Za-z0-9_-]{0,31})\\.([a-z]+)");
    private static final String MAIN = "main";
    private static final int NEAR_COUNT = 3;

    private final Map<String, String> values = new TreeMap<>();

    private Settings() {}

    /** Nothing but defaults. */
    public static Settings defaults() {
        return new Settings();
    }

    /**
     * Reads a file and the assignments of the command line, which win.
     *
     * @param file        a TOML file, or null for {@link #DEFAULT_FILE} if it exists
     * @param assignments {@code key=value} each
     * @throws SettingsException in one sentence
     */
    public static Settings load(final Path file, final List<String> assignments) {
        final Settings settings = new Settings();
        if (file != null) {
            settings.readFile(file);
        } else if (Files.isRegularFile(DEFAULT_FILE)) {
            settings.readFile(DEFAULT_FILE);
        }
        for (final String assignment : assignments) {
            final int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new SettingsException("--set wants key=value: given=" + assignment);
            }
            settings.put(
                    assignment.substring(0, equals).strip(),
                    assignment.substring(equals + 1).strip());
        }
        settings.listeners();
        settings.requirePowerOfTwo(Setting.RING_SLOTS, settings.whole(Setting.RING_SLOTS));
        settings.requirePowerOfTwo(Setting.JOURNAL_BLOCK, settings.size(Setting.JOURNAL_BLOCK));
        return settings;
    }

    private void readFile(final Path file) {
        try {
            flatten("", new TomlMapper().readValue(Files.readString(file), Map.class), file);
        } catch (final JacksonException e) {
            throw new SettingsException(
                    "settings file is no TOML: file=" + file + " reason=" + e.getOriginalMessage() + " line="
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()));
        } catch (final IOException e) {
            throw new SettingsException("settings file cannot be read: file=" + file + " reason=" + IoReason.of(e)
                    + " (give another by --config FILE)");
        }
    }

    private void flatten(final String prefix, final Map<?, ?> table, final Path file) {
        table.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + name + ".", inner, file);
            } else if (value instanceof List<?>) {
                throw new SettingsException(
                        "setting takes one value, not a list: setting=" + prefix + name + " file=" + file);
            } else {
                put(prefix + name, String.valueOf(value));
            }
        });
    }

    private void put(final String key, final String value) {
        final Setting setting = find(key);
        if (setting == null) {
            throw new SettingsException("unknown setting: setting=" + key + nearMatches(key));
        }
        final String problem = setting.type().problem(value);
        if (problem != null) {
            throw new SettingsException("setting " + problem + ": setting=" + key + " value=" + value);
        }
        values.put(key, value);
    }

    private static Setting find(final String key) {
        final Matcher matcher = PER_LISTENER.matcher(key);
        final String generic = matcher.matches() ? "listener.NAME." + matcher.group(2) : key;
        for (final Setting setting : Setting.values()) {
            if (setting.key().equals(generic) && setting.isPerListener() == matcher.matches()) {
                return setting;
            }
        }
        return null;
    }

    private static String nearMatches(final String key) {
        final List<String> near = new ArrayList<>();
        for (final Setting setting : Setting.values()) {
            if (distance(key, setting.key()) <= Math.max(2, key.length() / 4)
                    || setting.key().contains(key)) {
                near.add(setting.key());
            }
        }
        near.sort(Comparator.comparingInt(candidate -> distance(key, candidate)));
        return near.isEmpty()
                ? " (docs/configuration.md lists all)"
                : ", did you mean " + String.join(" or ", near.subList(0, Math.min(NEAR_COUNT, near.size()))) + "?";
    }

    private static int distance(final String one, final String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            final int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                final int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[other.length()];
    }

    /** The value as text. */
    public String text(final Setting setting) {
        return values.getOrDefault(setting.key(), setting.defaultValue());
    }

    public int whole(final Setting setting) {
        return Math.toIntExact(ValueType.Parsing.whole(text(setting)));
    }

    /** The value in bytes. */
    public long size(final Setting setting) {
        return ValueType.Parsing.size(text(setting));
    }

    /** The value in milliseconds. */
    public long durationMs(final Setting setting) {
        return ValueType.Parsing.duration(text(setting));
    }

    public boolean flag(final Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    /** The address, or empty when it is off. */
    public Optional<InetSocketAddress> endpoint(final Setting setting) {
        return Optional.ofNullable(ValueType.Parsing.endpoint(text(setting)));
    }

    /** The same settings with one more value. */
    public Settings with(final Setting setting, final String value) {
        final Settings copy = new Settings();
        copy.values.putAll(values);
        copy.put(setting.key(), value);
        return copy;
    }

    /** What one SIP message may cost. */
    public SipLimits sipLimits() {
        return new SipLimits(
                (int) size(Setting.SIP_MESSAGE_BYTES_MAX),
                (int) size(Setting.SIP_HEAD_BYTES_MAX),
                whole(Setting.SIP_HEADERS_MAX),
                (int) size(Setting.SIP_HEADER_BYTES_MAX),
                (int) size(Setting.SIP_URI_BYTES_MAX));
    }

    /** How some refusals are answered. */
    public StageSettings answers() {
        return new StageSettings(
                Integer.parseInt(text(Setting.SIP_DELETED_NUMBER)),
                text(Setting.SIP_UNKNOWN_SOURCE).equals("drop"));
    }

    /** How the journal is written. */
    public JournalSettings journalSettings() {
        final RollEvery roll =
                switch (text(Setting.JOURNAL_ROLL)) {
                    case "minute" -> RollEvery.MINUTE;
                    case "ten-minutes" -> RollEvery.TEN_MINUTES;
                    default -> RollEvery.HOUR;
                };
        return new JournalSettings(
                roll,
                (int) size(Setting.JOURNAL_BLOCK),
                size(Setting.JOURNAL_BLOCK),
                size(Setting.JOURNAL_RESERVE),
                size(Setting.JOURNAL_RETENTION_SIZE),
                (int) TimeUnit.MILLISECONDS.toHours(durationMs(Setting.JOURNAL_RETENTION_TIME)),
                whole(Setting.SNAPSHOTS_KEPT),
                flag(Setting.JOURNAL_SYNC));
    }

    /** Every listener in a stable order: main first, the others by name. */
    public List<Listener> listeners() {
        final List<Listener> listeners = new ArrayList<>();
        endpoint(Setting.SIP_BIND).ifPresent(bind -> {
            final InetSocketAddress advertised = endpoint(Setting.SIP_ADVERTISE).orElse(bind);
            final int dscp = whole(Setting.SIP_DSCP);
            listeners.add(new Listener(0, MAIN, TransportKind.UDP, bind, advertised, dscp));
            listeners.add(new Listener(1, MAIN, TransportKind.TCP, bind, advertised, dscp));
        });
        for (final String name : listenerNames()) {
            final String bindText = values.get(Setting.LISTENER_BIND.keyFor(name));
            if (bindText == null) {
                throw new SettingsException(
                        "listener has no address: setting=" + Setting.LISTENER_BIND.keyFor(name) + " is missing");
            }
            final InetSocketAddress bind = ValueType.Parsing.endpoint(bindText);
            final InetSocketAddress advertised =
                    ValueType.Parsing.endpoint(listenerText(Setting.LISTENER_ADVERTISE, name));
            listeners.add(new Listener(
                    listeners.size(),
                    name,
                    listenerText(Setting.LISTENER_TRANSPORT, name).equals("tcp")
                            ? TransportKind.TCP
                            : TransportKind.UDP,
                    bind,
                    advertised == null ? bind : advertised,
                    Integer.parseInt(listenerText(Setting.LISTENER_DSCP, name))));
        }
        for (final Listener listener : listeners) {
            if (listener.advertised().getAddress().isAnyLocalAddress()) {
                throw new SettingsException(
                        "listener on all addresses must say which one it advertises: listener=" + listener
                                + " missing="
                                + (listener.name().equals(MAIN)
                                        ? Setting.SIP_ADVERTISE.key()
                                        : Setting.LISTENER_ADVERTISE.keyFor(listener.name())));
            }
        }
        if (listeners.isEmpty()) {
            throw new SettingsException("no listener is left: setting=" + Setting.SIP_BIND.key() + " value=off and no "
                    + Setting.LISTENER_BIND.key());
        }
        return listeners;
    }

    private SortedSet<String> listenerNames() {
        final SortedSet<String> names = new TreeSet<>();
        for (final String key : values.keySet()) {
            final Matcher matcher = PER_LISTENER.matcher(key);
            if (matcher.matches()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    private String listenerText(final Setting setting, final String name) {
        return values.getOrDefault(setting.keyFor(name), setting.defaultValue());
    }

    private void requirePowerOfTwo(final Setting setting, final long value) {
        if (Long.bitCount(value) != 1) {
            throw new SettingsException(
                    "setting must be a power of two: setting=" + setting.key() + " value=" + text(setting));
        }
    }
}

package io.tandem.appliance.settings;

import io.tandem.appliance.settings.ValueType.Choice;
import io.tandem.appliance.settings.ValueType.Duration;
import io.tandem.appliance.settings.ValueType.Endpoint;
import io.tandem.appliance.settings.ValueType.Flag;
import io.tandem.appliance.settings.ValueType.Size;
import io.tandem.appliance.settings.ValueType.Text;
import io.tandem.appliance.settings.ValueType.Whole;

/** Every setting of the process. Calls, trunks and numbers are configuration, not settings. */
@SuppressWarnings("ImmutableEnumChecker") // Every value type is a record of numbers and an unmodifiable list.
public enum Setting {
    DATA("data", new Text("a directory", ".+"), "data", "Directory that holds journal, snapshots and configuration."),
    SECRETS(
            "secrets",
            new Text("a directory", ".*"),
            "",
            "Directory of the secret store, which only its owner may enter: an entry is a file, named as the"
                    + " configuration names it, that only its owner may read; empty for secrets in the data"
                    + " directory."),
    PROFILE(
            "profile",
            new Choice("auto", "shared", "dedicated"),
            "auto",
            "How stages share threads: shared turns them all on one thread; dedicated pins a busy thread to each and"
                    + " needs four cores; auto is shared below four cores."),
    CPUS(
            "cpus",
            new Text("a comma list of CPU numbers such as 2,3,4", "(\\d{1,4}(,\\d{1,4})*)?"),
            "",
            "CPUs for the pinned threads in the order core, sequencer, sip-io; empty leaves placing to the system."),
    IO_THREADS("io.threads", new Whole(1, 16), "1", "Number of sip-io threads of the dedicated profile."),

    SIP_BIND(
            "sip.bind",
            new Endpoint(true),
            "127.0.0.1:5060",
            "Address of the listener main, UDP and TCP; off leaves only the listeners that are named."),
    SIP_ADVERTISE(
            "sip.advertise",
            new Endpoint(true),
            "off",
            "Address that Via and Contact of the listener main show when it is behind 1:1 NAT; off is the bind address."),
    SIP_DSCP("sip.dscp", new Whole(0, 63), "24", "Differentiated services code point of what the listener main sends."),
    LISTENER_BIND("listener.NAME.bind", new Endpoint(false), "", "Address of a further listener called NAME."),
    LISTENER_TRANSPORT("listener.NAME.transport", new Choice("udp", "tcp"), "udp", "What the listener NAME speaks."),
    LISTENER_ADVERTISE(
            "listener.NAME.advertise", new Endpoint(true), "off", "Address that Via and Contact of NAME show."),
    LISTENER_DSCP(
            "listener.NAME.dscp",
            new Whole(0, 63),
            "24",
            "Differentiated services code point of what the listener NAME sends."),
    SIP_MESSAGE_BYTES_MAX(
            "sip.message.bytes.max", new Size(1 << 10, 65_535), "65535B", "Longest SIP message; longer ones get 513."),
    SIP_HEAD_BYTES_MAX(
            "sip.head.bytes.max", new Size(1 << 10, 65_535), "32KiB", "Longest header section; longer ones get 513."),
    SIP_HEADERS_MAX("sip.headers.max", new Whole(16, 4096), "128", "Header fields in a message; more get 513."),
    SIP_HEADER_BYTES_MAX(
            "sip.header.bytes.max", new Size(64, 65_535), "8KiB", "Longest header field; longer ones get 513."),
    SIP_URI_BYTES_MAX("sip.uri.bytes.max", new Size(64, 65_535), "2KiB", "Longest Request-URI; longer ones get 414."),

    SIP_DELETED_NUMBER(
            "sip.answer.deleted-number",
            new Choice("404", "410"),
            "404",
            "What answers a call to a number that was given up."),
    SIP_UNKNOWN_SOURCE(
            "sip.answer.unknown-source",
            new Choice("403", "drop"),
            "403",
            "What a call from an address that belongs to no trunk gets: 403, or no answer at all."),

    SIP_COUNTRIES(
            "sip.countries",
            new Text("a file name", ".*"),
            "",
            "File in the MaxMind database format, of countries or cities, that tells the country of an address that"
                    + " calls come from, read at start; empty, and no country is known: rules that deny countries deny"
                    + " nobody, rules that allow countries allow nobody."),

    UDP_BUFFER("udp.buffer", new Size(64 << 10, 256 << 20), "4MiB", "Socket buffer of each UDP listener, each way."),
    TCP_CONNECTIONS_MAX(
            "tcp.connections.max",
            new Whole(1, 1_000_000),
            "10000",
            "Open connections of one sip-io thread; further ones are closed at once."),
    TCP_QUEUE_MAX(
            "tcp.queue.max",
            new Size(64 << 10, 64 << 20),
            "1MiB",
            "Bytes that may wait for one peer to read before its connection is closed."),
    TCP_CONNECT_TIMEOUT(
            "tcp.connect.timeout", new Duration(100, 30_000), "1s", "Time that a connection may take to open."),
    TCP_MESSAGE_TIMEOUT(
            "tcp.message.timeout",
            new Duration(1_000, 60_000),
            "5s",
            "Time that one message may take from its first to its last byte."),
    TCP_IDLE_TIMEOUT(
            "tcp.idle.timeout",
            new Duration(1_000, 86_400_000),
            "10m",
            "Time without a byte after which a connection is closed."),

    RING_SLOTS("ring.slots", new Whole(64, 1 << 20), "4096", "Inputs that may wait for the core, a power of two."),
    RING_LARGE_MESSAGES(
            "ring.large.messages",
            new Whole(2, 65_536),
            "128",
            "Messages above 2 KiB that may wait for the core, 64 KiB of memory each."),
    CALLS_MAX("calls.max", new Whole(16, 1_000_000), "20000", "Calls at one time; further ones get 503."),

    JOURNAL_ROLL("journal.roll", new Choice("minute", "ten-minutes", "hour"), "hour", "Length of one journal file."),
    JOURNAL_BLOCK(
            "journal.block",
            new Size(1 << 20, 1 << 30),
            "64MiB",
            "Bytes of a journal file that are mapped at once, a power of two."),
    JOURNAL_RESERVE(
            "journal.reserve",
            new Size(0, 1L << 40),
            "256MiB",
            "Free disk space below which nothing more is journaled."),
    JOURNAL_RETENTION_SIZE(
            "journal.retention.size",
            new Size(1 << 20, 1L << 50),
            "16GiB",
            "Bytes of each journal queue that are kept; what snapshots need is kept beyond it."),
    JOURNAL_RETENTION_TIME(
            "journal.retention.time",
            new Duration(3_600_000, 87_600L * 3_600_000),
            "24h",
            "Age at which journal files go."),
    JOURNAL_SYNC(
            "journal.sync",
            new Flag(),
            "false",
            "Whether every turn waits for the disk, so that a power failure loses nothing either."),
    SNAPSHOTS_KEPT("snapshots.kept", new Whole(1, 100), "3", "Snapshots kept, newest first."),
    SNAPSHOT_TAIL(
            "snapshot.tail",
            new Whole(1_000, 1_000_000_000),
            "10000",
            "Fewest inputs between two snapshots; more when more state is to be written."),

    FLOWS_REQUESTS_MAX(
            "flows.requests.max",
            new Whole(1, 10_000),
            "256",
            "Questions of flows to servers under way at one time, a quarter of them of one account; further ones end in error."),
    FLOWS_PRIVATE_SERVERS(
            "flows.private.servers",
            new Flag(),
            "false",
            "Whether flows may ask servers at loopback, link-local and private addresses; by default only public ones, since"
                    + " whoever may write a flow could otherwise reach what stands behind the firewall."),

    START_WARMUP(
            "start.warmup",
            new Duration(0, 10_000),
            "500ms",
            "Time that a start may spend on calls through a core that is thrown away, while console and HTTP open;"
                    + " none when calls wait for the appliance to be back, or the journal's tail was long enough."),
    CONSOLE_BIND("console.bind", new Endpoint(true), "127.0.0.1:2323", "Address of the operator's console, or off."),
    HTTP_BIND(
            "http.bind",
            new Endpoint(true),
            "127.0.0.1:8080",
            "Address of the HTTP API, or off. Beyond loopback it needs a certificate, or http.plaintext. When the default port is"
                    + " taken, the appliance goes on without HTTP and says so."),
    HTTP_CERTIFICATE(
            "http.certificate",
            new Text("a file name", ".*"),
            "",
            "PEM file with the certificate of the HTTP API and those above it; empty for no TLS."),
    HTTP_PRIVATE_KEY(
            "http.private-key", new Text("a file name", ".*"), "", "PEM file with its PKCS #8 key, not encrypted."),
    HTTP_PLAINTEXT(
            "http.plaintext",
            new Flag(),
            "false",
            "Whether an address beyond loopback may be served without TLS, keys in the clear."),
    HTTP_TOKEN(
            "http.token",
            new Text("a file name", ".*"),
            "",
            "File, for its owner only, with the token that opens the whole HTTP API; empty for operator.token in the data"
                    + " directory, which the first start makes."),
    MEDIA_BYTES_MAX(
            "media.bytes.max",
            new Size(1 << 20, 1L << 50),
            "4GiB",
            "Bytes of all contents of media that are uploaded; more get 507, and so do uploads that would leave less"
                    + " than twice journal.reserve free."),
    MEDIA_ACCOUNT_BYTES_MAX(
            "media.account.bytes.max",
            new Size(1 << 20, 1L << 50),
            "1GiB",
            "Bytes of all contents of media of one account; more get 507."),
    MEDIA_CONTENT_BYTES_MAX(
            "media.content.bytes.max",
            new Size(1 << 20, 1L << 30),
            "64MiB",
            "Bytes of one content of media; more get 413."),
    TAP_PCAP(
            "tap.pcap",
            new Text("a file name", ".*"),
            "",
            "File that receives a copy of every message, for Wireshark."),
    LOG_LEVEL("log.level", new Choice("error", "warn", "info", "debug"), "info", "What is logged to standard error.");

    private static final String NAME = ".NAME.";

    private final String key;
    private final ValueType type;
    private final String defaultValue;
    private final String sentence;

    Setting(final String key, final ValueType type, final String defaultValue, final String sentence) {
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.sentence = sentence;
    }

    /** Name in the file and after {@code --set}; {@code NAME} stands for a listener's name. */
    public String key() {
        return key;
    }

    public ValueType type() {
        return type;
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** What it sets, in one sentence. */
    public String sentence() {
        return sentence;
    }

    /** Whether it exists once per listener. */
    boolean isPerListener() {
        return key.contains(NAME);
    }

    /** The key for one listener. */
    String keyFor(final String listener) {
        return key.replace(NAME, "." + listener + ".");
    }
}

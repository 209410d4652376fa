package io.tandem.routing.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tandem.routing.core.CoreSettings;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.flow.FlowsWaitedIn;
import io.tandem.routing.ring.InboundSlot;
import io.tandem.routing.transaction.TransactionObjects;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The memory table of the core: limits from the code, bytes of one entry as this JVM lays it out. */
class LimitsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "specs", "limits.md");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SAMPLES = 1_000;
    private static final int REFERENCE_BYTES = 4;
    private static final int KEY_BYTES = 20;
    private static final long MIB = 1 << 20;

    private final CoreRig rig = new CoreRig(false);
    private final StringBuilder table = new StringBuilder();
    private long total;

    /** Run with {@code -Dtandem.docs.write=true} to write the page anew after a change of the tables. */
    @Test
    void shouldBeDocumented() throws IOException {
        final String page = page();
        if (Boolean.getBoolean("tandem.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private String page() {
        final Exchange exchange = rig.core.exchange();
        final long calls = CoreSettings.CALLS_MAX_DEFAULT;
        final long transactions = CoreSettings.TRANSACTIONS_MAX_DEFAULT;
        objects("calls (`calls.max`)", calls, () -> new Call(exchange));
        objects("legs, three a call", 3 * calls, () -> new Leg(exchange));
        objects("dialogs, four a call", 4 * calls, () -> new Dialog(exchange));
        final var makers = TransactionObjects.makers(exchange.layer);
        objects("INVITE client transactions", transactions, makers.get(0));
        objects("other client transactions", transactions, makers.get(1));
        objects("INVITE server transactions", transactions, makers.get(2));
        objects("other server transactions", transactions, makers.get(3));
        final long keys = 4 * Long.highestOneBit(transactions * 2 - 1);
        row("keys of requests, half full at most", keys, KEY_BYTES);
        row("keys of merged requests, half full at most", keys, KEY_BYTES);
        row("free slots of the seven tables", 7, slotWords());
        row("timer wheel, first and last timer of a bucket", 2 * 32_768, REFERENCE_BYTES);
        row("admission counters, each on a cache line", 262_144, 64);
        row("rate windows, with their index", 32_768, 60);
        row("calls that rate windows remember", 524_288, 16);
        row("messages and dialogs kept", 1, CoreSettings.STORE_BYTES_MAX_DEFAULT);
        row("flow versions kept for calls, JSON", 1, FlowsWaitedIn.KEPT_BYTES_MAX);
        row("effects of a turn, at least", 1, effectsMin());
        row("ring slots (`ring.slots`)", 4_096, InboundSlot.INLINE_BYTES);
        return """
                # Limits and memory of the core

                Every table of the core has a limit set at start, and an answer when it is full: 503 with `Retry-After`, walked by
                `TableFullTest`; full rate windows refuse nothing and count the calls that they do not remember; without room for
                another version of a flow, the calls that wait in it go on in the next one and are counted. This page is written and checked by `LimitsPageTest`: the limits are the defaults of
                `CoreSettings`, the bytes of one entry are what the JVM allocates for it (compressed references, 8-byte headers'
                alignment). Tables of objects grow in chunks of 1024 as they fill up and never shrink; the steady state
                allocates nothing (`AllocationTest`). `calls.max` and `ring.slots` are settings and take their tables with them;
                the other limits are fixed. What a life began with stands in the journal.

                | table | entries | bytes each | MiB when full |
                |---|---|---|---|
                """
                + table
                + "| **all together** | | | **" + total / MIB + "** |\n"
                + """

                - The store counts whole blocks: powers of two from 128 bytes to 128 KiB. It takes memory from the system in slabs of
                  1 MiB per block size and reuses them for that size only, so a change of the traffic's message sizes can make it
                  hold more than its limit: at worst its limit for each size that was ever in fashion.
                - A call of one attempt with messages of 800 bytes keeps about 5 KiB in the store while it is set up and 1 KiB while it
                  is up.
                - Versions of flows that are kept for the calls that wait in them: %d, beside their compiled plans.
                - Early dialogs of one leg: %d. Attempts of one call: %d. Redirects of one call: %d.
                - Trunks that one call may be offered to, one after the other: %d.
                - Longest message: 65,535 bytes in, %,d bytes out.
                """.formatted(
                                FlowsWaitedIn.KEPT_MAX,
                                Dialogs.DIALOGS_PER_LEG_MAX,
                                Call.ATTEMPTS_MAX,
                                io.tandem.routing.stage.RoutingStages.REDIRECTS_MAX,
                                io.tandem.routing.stage.Decision.CANDIDATES_MAX,
                                Effects.FRAME_BYTES_MAX);
    }

    private void objects(final String name, final long count, final Supplier<?> maker) {
        final Object[] made = new Object[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            made[i] = maker.get();
        }
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < SAMPLES; i++) {
            made[i] = maker.get();
        }
        final long after = THREADS.getCurrentThreadAllocatedBytes();
        row(name, count, (after - before) / SAMPLES + REFERENCE_BYTES);
    }

    private void row(final String name, final long count, final long bytes) {
        total += count * bytes;
        table.append("| %s | %,d | %,d | %,d |%n"
                .formatted(name, count, bytes, count * bytes / MIB)
                .replace("\r", ""));
    }

    private static long slotWords() {
        long words = 0;
        for (long slots = 1 << 24; slots > 1; slots >>= 6) {
            words += slots >> 6;
        }
        return words * Long.BYTES;
    }

    private static long effectsMin() {
        return 7L * (Effects.FRAME_BYTES_MAX + 40);
    }
}

package io.tandem.perf.simulation.check;

import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.SipText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The messages of one call in the order in which the system under test saw and sent them. */
public final class Ladder {
    private static final int RUNG_COUNT_MAX = 600;

    private final List<Rung> rungs = new ArrayList<>();
    private int dropped;

    private record Rung(long timeNs, String arrow, Endpoint peer, Packet packet, String note) {}

    void message(
            final long timeNs, final boolean inbound, final boolean lost, final Endpoint peer, final Packet packet) {
        add(new Rung(timeNs, inbound ? "-->" : lost ? "--x" : "<--", peer, packet, null));
    }

    /** Writes down something that is not a message. */
    public void note(final long timeNs, final String text) {
        add(new Rung(timeNs, "   ", null, null, text));
    }

    private void add(final Rung rung) {
        if (rungs.size() < RUNG_COUNT_MAX) {
            rungs.add(rung);
        } else {
            dropped++;
        }
    }

    /**
     * The ladder for people: seconds since its first rung, peer, direction (to the system, from it, from it and lost),
     * start line, CSeq, branch, tags.
     */
    public String format(final boolean whole) {
        final StringBuilder text = new StringBuilder();
        final long start = rungs.isEmpty() ? 0 : rungs.get(0).timeNs;
        for (final Rung rung : rungs) {
            text.append(String.format(Locale.ROOT, "%10.4f  ", (rung.timeNs - start) / 1e9));
            if (rung.packet == null) {
                text.append("-- ").append(rung.note).append('\n');
                continue;
            }
            text.append(String.format(Locale.ROOT, "%-16s %s ", rung.peer, rung.arrow));
            final SipText message = rung.packet.text();
            if (message == null) {
                text.append(rung.packet.bytes().length).append(" bytes: ").append(rung.packet.problem());
            } else {
                line(text, message);
            }
            text.append('\n');
            if (whole && message != null) {
                text.append(message.toString().indent(16));
            }
        }
        if (dropped > 0) {
            text.append("... and ").append(dropped).append(" more\n");
        }
        return text.toString();
    }

    private static void line(final StringBuilder text, final SipText message) {
        text.append(message.startLine().replace(" SIP/2.0", "").replace("SIP/2.0 ", ""));
        text.append("  [").append(message.first("cseq")).append("] ");
        text.append(message.branch()).append(" from-tag=").append(message.fromTag());
        text.append(" to-tag=").append(message.toTag());
        text.append(message.body().isEmpty() ? "" : " +body");
        text.append("  ").append(message.callId());
    }
}

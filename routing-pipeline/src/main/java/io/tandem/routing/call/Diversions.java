package io.tandem.routing.call;

import io.tandem.routing.number.DialString;
import io.tandem.routing.number.E164;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.stage.RoutingStages;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.target.DiversionReason;
import io.tandem.sip.DiversionValue;
import io.tandem.sip.HeaderName;
import io.tandem.sip.SipMessage;
import io.tandem.sip.ValueIterator;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Who has diverted a call here, and why: the number of ours that forwards it, then whoever redirected it (RFC 5806).
 * The call keeps them as a block until it is answered, so that every attempt tells of them; one that goes where it was
 * dialled keeps nothing. Core's thread only.
 */
final class Diversions {
    private final Exchange exchange;
    private final DiversionEntries entries = new DiversionEntries();
    private final DiversionValue diversion = new DiversionValue();
    private final ValueIterator values = new ValueIterator();
    private final DialString party = new DialString();
    private final UnsafeBuffer kept =
            new UnsafeBuffer(new byte[(RoutingStages.DIVERSIONS_MAX + 2) * DiversionEntries.ENTRY_BYTES_MAX]);

    Diversions(final Exchange exchange) {
        this.exchange = exchange;
    }

    /** How many diversions an INVITE tells of: its Diversion entries by their counters, or its History-Info entries. */
    int told(final SipMessage invite) {
        int diversions = 0;
        values.reset(invite, HeaderName.DIVERSION);
        while (values.next()) {
            diversions += diversion.wrap(invite.buffer(), values.valueOffset(), values.valueLength())
                    ? Math.max(1, diversion.counter())
                    : 1;
        }
        int entered = 0;
        values.reset(invite, HeaderName.HISTORY_INFO);
        while (values.next()) {
            entered++;
        }
        return Math.max(diversions, entered);
    }

    /** How many diversions of ours a call has behind it. */
    int count(final Call call) {
        return entries.wrap(exchange.blocks, call.diversions).left();
    }

    /** Keeps what an accepted decision says, instead of what was kept before; false if the store is full. */
    boolean keep(final Call call, final Decision accepted) {
        forget(call);
        return accepted.diverted() == null || store(call, divert(0, call, accepted));
    }

    /**
     * Adds that whoever was called redirects the call, and that it is forwarded there. What the redirect says of the
     * reason counts, else it is a deflection; another way to the same number is none. Before the call takes over what
     * was decided.
     *
     * @return false if the store is full.
     */
    boolean redirect(final Call call, final SipMessage redirect, final Decision accepted) {
        int end = 0;
        entries.wrap(exchange.blocks, call.diversions);
        while (entries.next()) {
            end = DiversionEntries.write(kept, end, entries.reason(), entries.party());
        }
        final int before = end;
        dialled(call, accepted);
        if (!party.sameAs(call.candidates.called)) {
            end = DiversionEntries.write(kept, end, reason(redirect), call.candidates.called);
        }
        if (accepted.diverted() != null) {
            end = divert(end, call, accepted);
        }
        if (end == before) {
            return true;
        }
        forget(call);
        return store(call, end);
    }

    /** The call tells of none any more. */
    void forget(final Call call) {
        call.diversions = exchange.blocks.free(call.diversions);
    }

    private int divert(final int at, final Call call, final Decision accepted) {
        dialled(call, accepted);
        return DiversionEntries.write(kept, at, accepted.diverted(), party);
    }

    /** The number of ours that was dialled, else the one that is called, else what was dialled. */
    private void dialled(final Call call, final Decision accepted) {
        if (accepted.dialled() != E164.NONE) {
            party.setE164(accepted.dialled());
        } else {
            party.set(accepted.calledRouted().isEmpty() ? call.calledRaw : accepted.calledRouted());
        }
    }

    private DiversionReason reason(final SipMessage redirect) {
        values.reset(redirect, HeaderName.DIVERSION);
        if (!values.next()
                || !diversion.wrap(redirect.buffer(), values.valueOffset(), values.valueLength())
                || diversion.reasonLength() == 0) {
            return DiversionReason.DEFLECTION;
        }
        return DiversionReason.ofToken(redirect.buffer(), diversion.reasonOffset(), diversion.reasonLength());
    }

    private boolean store(final Call call, final int length) {
        call.diversions = exchange.blocks.store(kept, 0, length);
        return call.diversions != BlockStore.NO_BLOCK;
    }
}

package io.tandem.appliance.playback;

import org.agrona.DirectBuffer;

/** Sees every input of a journal that is played, before the core handles it. */
@FunctionalInterface
public interface InputObserver {
    /** Sees nothing. */
    InputObserver NONE =
            (index, nowNs, wallMs, kind, transport, listener, flow, high, low, port, buffer, offset, length) -> {};

    /** One input; the buffer is valid during the call only. */
    void onInput(
            long index,
            long nowNs,
            long wallMs,
            byte kind,
            byte transport,
            int listener,
            long flow,
            long addressHigh,
            long addressLow,
            int port,
            DirectBuffer buffer,
            int offset,
            int length);
}

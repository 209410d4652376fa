package io.tandem.appliance.playback;

import io.tandem.routing.effect.EffectHandler;
import io.tandem.routing.effect.ServerQuestion;
import org.agrona.DirectBuffer;

/** Outputs that have been said before: nothing is sent. What is recorded goes to whoever wants it. */
public class DiscardedOutputs implements EffectHandler {
    @Override
    public void onSend(
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        // said in another life
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        // written in another life
    }

    @Override
    public void onAsk(final ServerQuestion question) {
        // asked in another life
    }

    @Override
    public void onCloseFlow(final byte transport, final int listener, final long flow) {
        // the connection is gone
    }
}

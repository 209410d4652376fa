package io.tandem.appliance.playback;

import io.tandem.journal.record.InputBatchDecoder;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.routing.core.Core;
import io.tandem.routing.effect.EffectHandler;
import io.tandem.routing.effect.Effects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Plays journaled batches through a core exactly as the live driver did: the same turns, the same inputs in the same order,
 * timers after inputs. One thread.
 */
public final class JournalPlayer {
    private static final int TIMERS_PER_DRAIN = 64;

    private final Core core;
    private final Effects effects;
    private final EffectHandler outputs;
    private final InputObserver observer;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final InputBatchDecoder batch = new InputBatchDecoder();
    private final UnsafeBuffer payload = new UnsafeBuffer();
    private long turns;
    private long inputs;
    private long nowNs;
    private long wallMs;

    /**
     * Creates a player.
     *
     * @param core     plays; new, or restored from a snapshot.
     * @param effects  that core's outputs.
     * @param outputs  what becomes of them.
     * @param observer told of every input before the core handles it.
     */
    public JournalPlayer(
            final Core core, final Effects effects, final EffectHandler outputs, final InputObserver observer) {
        this.core = core;
        this.effects = effects;
        this.outputs = outputs;
        this.observer = observer;
    }

    /**
     * Plays one document of the inputs queue.
     *
     * @param index index of the document.
     */
    public void play(final long index, final DirectBuffer buffer, final int offset) {
        batch.wrapAndApplyHeader(buffer, offset, header);
        nowNs = batch.nowNs();
        wallMs = batch.wallMs();
        core.beginTurn(index, nowNs, wallMs);
        turns++;
        for (final InputBatchDecoder.InputsDecoder input : batch.inputs()) {
            inputs++;
            final byte kind = (byte) input.kindRaw();
            final byte transport = (byte) input.transportRaw();
            final int listener = input.listener();
            final long flow = input.flow();
            final long high = input.addressHigh();
            final long low = input.addressLow();
            final int port = input.port();
            input.wrapPayload(payload);
            observer.onInput(
                    index,
                    nowNs,
                    wallMs,
                    kind,
                    transport,
                    listener,
                    flow,
                    high,
                    low,
                    port,
                    payload,
                    0,
                    payload.capacity());
            core.onInput(kind, transport, listener, flow, high, low, port, payload, 0, payload.capacity(), null);
            drain();
        }
        while (core.fireTimers(TIMERS_PER_DRAIN) == TIMERS_PER_DRAIN) {
            drain();
        }
        core.endTurn();
        drain();
    }

    /** Documents played. */
    public long turns() {
        return turns;
    }

    /** Inputs played. */
    public long inputs() {
        return inputs;
    }

    /** Monotonic time of the last turn, ns. */
    public long nowNs() {
        return nowNs;
    }

    /** Wall clock of the last turn, ms since 1970 UTC. */
    public long wallMs() {
        return wallMs;
    }

    private void drain() {
        if (effects.frameCount() > 0) {
            effects.forEach(outputs);
            effects.reset();
        }
    }
}

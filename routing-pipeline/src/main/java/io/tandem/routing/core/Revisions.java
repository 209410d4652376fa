package io.tandem.routing.core;

import io.tandem.journal.record.ConfigurationChangeDecoder;
import io.tandem.journal.record.ConfigurationChangedEncoder;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.routing.change.ChangeCommand;
import io.tandem.routing.change.PreparedPlans;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.stage.RoutingStages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes the configuration from one revision to the next, between two calls, and writes the record of it. A change that was
 * checked against another revision than the one in force is refused and counted. Core's thread.
 */
final class Revisions {
    private static final byte[] SWITCH_ACTION = "switch to a generation".getBytes(StandardCharsets.US_ASCII);

    private final Core core;
    private final RoutingStages stages;
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final ConfigurationChangeDecoder change = new ConfigurationChangeDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ConfigurationChangedEncoder record = new ConfigurationChangedEncoder();
    private final UnsafeBuffer actor = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer action = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer edits = new UnsafeBuffer(0, 0);
    private PreparedPlans prepared = PreparedPlans.NONE;

    Revisions(final Core core, final RoutingStages stages) {
        this.core = core;
        this.stages = stages;
    }

    void prepareBy(final PreparedPlans newPrepared) {
        prepared = newPrepared;
    }

    /** Applies a {@link ChangeCommand}. */
    void change(final DirectBuffer buffer, final int offset) {
        change.wrapAndApplyHeader(buffer, offset, headerDecoder);
        final long before = stages.configuration().revision();
        final long revision = change.revision();
        if (change.baseRevision() != before || revision <= before) {
            core.counters.increment(CoreCounter.CHANGES_REFUSED_STALE);
            return;
        }
        RoutingPlans next = prepared.take(revision, stages.plans());
        if (next == null) {
            next = compile(ChangeCommand.decode(buffer, offset));
        }
        stages.use(next);
        core.configurationName = next.configuration().name();
        core.counters.increment(CoreCounter.CHANGES_APPLIED);
        change.wrapActor(actor);
        change.wrapAction(action);
        change.wrapEdits(edits);
        write(before, revision, change.editsBytes(), actor, action, edits);
    }

    /** Plans of a generation that are ready, or null. */
    RoutingPlans takePrepared(final String generation) {
        return prepared.takeSwitch(generation, stages.plans());
    }

    private RoutingPlans compile(final ChangeCommand command) {
        final List<ResourceEdit> made = command.edits().stream()
                .map(edit -> new ResourceEdit(edit.kind(), edit.id(), edit.after()))
                .toList();
        return stages.plans()
                .next(OverlaidConfiguration.over(stages.configuration()).with(made, command.revision()), made);
    }

    /** A generation came into force. */
    void recordSwitch(final long before) {
        action.wrap(SWITCH_ACTION);
        actor.wrap(0, 0);
        edits.wrap(0, 0);
        write(before, stages.configuration().revision(), 0, actor, action, edits);
    }

    private void write(
            final long before,
            final long revision,
            final long editsBytes,
            final DirectBuffer whose,
            final DirectBuffer what,
            final DirectBuffer compressed) {
        final byte[] name = core.configurationName.getBytes(StandardCharsets.UTF_8);
        record.wrapAndApplyHeader(core.effects.buffer(), core.effects.claimOffset(), header)
                .inputIndex(core.inputIndex)
                .ordinal(core.exchange.nextRecordOrdinal())
                .wallMs(core.wallMs)
                .baseRevision(before)
                .revision(revision)
                .editsBytes(editsBytes)
                .putName(name, 0, name.length)
                .putActor(whose, 0, whose.capacity())
                .putAction(what, 0, what.capacity())
                .putEdits(compressed, 0, compressed.capacity());
        core.effects.record(MessageHeaderEncoder.ENCODED_LENGTH + record.encodedLength());
    }
}

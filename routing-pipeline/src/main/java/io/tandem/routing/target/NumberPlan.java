package io.tandem.routing.target;

import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.TargetKind;

/**
 * What a number's resource says beyond its row: its targets with the variables of their hops, and the flow for messages. Immutable.
 *
 * @param messageFlow flow that decides on messages, or {@link TargetRef#NONE}.
 */
public record NumberPlan(TargetRef normal, TargetRef closed, TargetRef holiday, TargetRef messageFlow) {
    static NumberPlan of(final PhoneNumber number) {
        return new NumberPlan(
                TargetRef.of(number.target()),
                TargetRef.of(number.closedTarget()),
                TargetRef.of(number.holidayTarget()),
                number.messageFlowId().isNil()
                        ? TargetRef.NONE
                        : TargetRef.of(TargetKind.FLOW, number.messageFlowId()));
    }
}

package io.tandem.routing.configuration;

import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.RouteTarget;
import io.tandem.routing.model.TargetKind;

/** Turns a number as configured into the row that routing reads. */
public final class NumberRows {
    private NumberRows() {}

    /** Fills a row. */
    public static void fill(final PhoneNumber number, final NumberRow row) {
        row.clear();
        row.key = number.pattern().key();
        row.e164 = number.pattern().first();
        row.idHigh = number.id().high();
        row.idLow = number.id().low();
        row.accountHigh = number.accountId().high();
        row.accountLow = number.accountId().low();
        row.status = (byte) number.status().code();
        row.faxMode = (byte) number.faxMode().code();
        row.allowAnonymous = number.allowAnonymous();
        row.emergency = number.emergency();
        row.maxChannels = number.maxChannels();
        final ResourceId schedule = number.scheduleId();
        row.scheduleHigh = schedule.high();
        row.scheduleLow = schedule.low();
        row.destKind = kind(number.target());
        row.destHigh = high(number.target());
        row.destLow = low(number.target());
        row.closedKind = kind(number.closedTarget());
        row.closedHigh = high(number.closedTarget());
        row.closedLow = low(number.closedTarget());
        row.holidayKind = kind(number.holidayTarget());
        row.holidayHigh = high(number.holidayTarget());
        row.holidayLow = low(number.holidayTarget());
        row.hasXform = number.target().xform() != null
                || number.closedTarget().xform() != null
                || number.holidayTarget().xform() != null;
        row.noMessageFlow = number.messageFlowId().isNil();
    }

    private static byte kind(final RouteTarget target) {
        return (byte) target.kind().code();
    }

    private static long high(final RouteTarget target) {
        return target.id().high();
    }

    private static long low(final RouteTarget target) {
        return target.kind() == TargetKind.HANGUP
                ? target.sipCode()
                : target.id().low();
    }
}

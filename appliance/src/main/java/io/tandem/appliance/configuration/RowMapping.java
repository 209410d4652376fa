package io.tandem.appliance.configuration;

import io.tandem.routing.configuration.NumberRow;

/** A number's row as the routing model and as the disk spell it. */
final class RowMapping {
    private static final int FLAG_XFORM = io.tandem.journal.generation.NumberRow.FLAG_DESTINATION_TRANSFORM;
    private static final int FLAG_NO_MESSAGE_FLOW = io.tandem.journal.generation.NumberRow.FLAG_NO_MESSAGE_FLOW;

    private RowMapping() {}

    static void toDisk(final NumberRow row, final io.tandem.journal.generation.NumberRow disk) {
        disk.clear()
                .e164(row.key)
                .id(row.idHigh, row.idLow)
                .account(row.accountHigh, row.accountLow)
                .status(row.status)
                .faxMode(row.faxMode)
                .allowAnonymous(row.allowAnonymous)
                .emergency(row.emergency)
                .maxChannels(row.maxChannels)
                .dest(row.destKind, row.destHigh, row.destLow)
                .schedule(row.scheduleHigh, row.scheduleLow)
                .closed(row.closedKind, row.closedHigh, row.closedLow)
                .holiday(row.holidayKind, row.holidayHigh, row.holidayLow)
                .flags((row.hasXform ? FLAG_XFORM : 0) | (row.noMessageFlow ? FLAG_NO_MESSAGE_FLOW : 0));
    }

    static void fromDisk(final io.tandem.journal.generation.NumberRow disk, final NumberRow row) {
        row.key = disk.e164();
        row.e164 = row.key;
        row.idHigh = disk.idHigh();
        row.idLow = disk.idLow();
        row.accountHigh = disk.accountHigh();
        row.accountLow = disk.accountLow();
        row.status = disk.status();
        row.faxMode = disk.faxMode();
        row.allowAnonymous = disk.allowAnonymous();
        row.emergency = disk.emergency();
        row.maxChannels = disk.maxChannels();
        row.destKind = disk.destKind();
        row.destHigh = disk.destHigh();
        row.destLow = disk.destLow();
        row.scheduleHigh = disk.scheduleHigh();
        row.scheduleLow = disk.scheduleLow();
        row.closedKind = disk.closedKind();
        row.closedHigh = disk.closedHigh();
        row.closedLow = disk.closedLow();
        row.holidayKind = disk.holidayKind();
        row.holidayHigh = disk.holidayHigh();
        row.holidayLow = disk.holidayLow();
        row.hasXform = (disk.flags() & FLAG_XFORM) != 0;
        row.noMessageFlow = (disk.flags() & FLAG_NO_MESSAGE_FLOW) != 0;
    }
}

package io.tandem.routing.model;

/**
 * Business hours of something that calls are sent to: {@code schedule_id}, {@code closed_dest_*}, {@code holiday_dest_*}.
 *
 * @param scheduleId {@link ResourceId#NIL} for always open.
 */
public record Hours(ResourceId scheduleId, RouteTarget closed, RouteTarget holiday) {
    static Hours read(final Fields fields, final ResourceId account) {
        return new Hours(
                fields.reference("schedule_id", ResourceKind.SCHEDULES, account),
                RouteTarget.readStem(fields, "closed_dest", account),
                RouteTarget.readStem(fields, "holiday_dest", account));
    }

    void check(final Fields fields, final ResourceId account, final Resources others) {
        Ownership.check(fields, "schedule_id", ResourceKind.SCHEDULES, scheduleId, account, others);
        closed.checkStem(fields, "closed_dest", account, others);
        holiday.checkStem(fields, "holiday_dest", account, others);
    }

    void write(final CanonicalJson json) {
        json.id("schedule_id", scheduleId, ResourceKind.SCHEDULES.prefix());
        closed.writeStem(json, "closed_dest");
        holiday.writeStem(json, "holiday_dest");
    }
}

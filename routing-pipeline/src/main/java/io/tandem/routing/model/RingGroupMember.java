package io.tandem.routing.model;

import java.util.List;

/**
 * Who rings in a ring group or is paged: a user with its devices, or one device.
 *
 * @param userId {@link ResourceId#NIL} if a device is given.
 * @param deviceId {@link ResourceId#NIL} if a user is given.
 * @param position lower ones come first; ties in the order of the list.
 * @param delaySec how long it waits before it rings.
 * @param timeoutSec how long it rings, or {@link Fields#UNLIMITED} for as long as the group.
 */
public record RingGroupMember(ResourceId userId, ResourceId deviceId, int position, int delaySec, int timeoutSec) {

    /** Greatest position. */
    public static final int POSITION_MAX = 10_000;

    static RingGroupMember read(final Fields fields, final ResourceId account) {
        final ResourceId user = fields.reference("user_id", ResourceKind.USERS, account);
        final ResourceId device = fields.reference("device_id", ResourceKind.DEVICES, account);
        if (fields.given("user_id") == fields.given("device_id")) {
            fields.refuse("user_id", "or device_id is required, and not both", "give one of them");
        }
        final RingGroupMember member = new RingGroupMember(
                user,
                device,
                fields.integer("position", 0, 0, POSITION_MAX),
                fields.integer("delay_sec", 0, 0, User.RING_SEC_MAX),
                fields.integer("timeout_sec", Fields.UNLIMITED, 1, User.RING_SEC_MAX));
        fields.finish();
        return member;
    }

    private void check(final Fields fields, final ResourceId account, final Resources others) {
        Ownership.check(fields, "user_id", ResourceKind.USERS, userId, account, others);
        Ownership.check(fields, "device_id", ResourceKind.DEVICES, deviceId, account, others);
    }

    /** Checks all of a list. */
    static void check(
            final List<RingGroupMember> members,
            final Fields fields,
            final ResourceId account,
            final Resources others) {
        for (int i = 0; i < members.size(); i++) {
            members.get(i).check(fields.element("members", i), account, others);
        }
    }

    void write(final CanonicalJson json) {
        json.startElement();
        json.id("user_id", userId, ResourceKind.USERS.prefix());
        json.id("device_id", deviceId, ResourceKind.DEVICES.prefix());
        json.number("position", position);
        json.number("delay_sec", delaySec);
        json.number("timeout_sec", timeoutSec);
        json.endElement();
    }
}

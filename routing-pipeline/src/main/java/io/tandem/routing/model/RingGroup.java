package io.tandem.routing.model;

import java.util.List;

/**
 * Users and devices that ring together or in turn.
 *
 * @param ringTimeoutSec how long the whole group rings, or, where members ring one after the other, each of them.
 * @param mohMediaId music that the caller hears meanwhile, or {@link ResourceId#NIL} for ringing.
 * @param exit where a call goes that nobody answers, or {@link RouteTarget#NONE}.
 */
public record RingGroup(
        ResourceId id,
        ResourceId accountId,
        String name,
        GroupStrategy strategy,
        int ringTimeoutSec,
        ResourceId mohMediaId,
        RouteTarget exit,
        Hours hours,
        List<RingGroupMember> members)
        implements Resource {

    /** Most members of one group. */
    public static final int MEMBERS_MAX = 64;

    /** Copies the list. */
    public RingGroup {
        members = List.copyOf(members);
    }

    /** Reads one and reports what is wrong with it. */
    public static RingGroup read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final RingGroup group = new RingGroup(
                fields.identity(ResourceKind.RING_GROUPS, Trunk.naturalKey(account, name)),
                account,
                name,
                fields.choice("strategy", GroupStrategy.class, GroupStrategy.RING_ALL),
                fields.integer("ring_timeout_sec", User.RING_SEC_USUAL, 1, User.RING_SEC_MAX),
                fields.reference("moh_media_id", ResourceKind.MEDIA, account),
                RouteTarget.readStem(fields, "exit_dest", account),
                Hours.read(fields, account),
                fields.list("members", MEMBERS_MAX, member -> RingGroupMember.read(member, account)));
        if (!fields.given("members")) {
            fields.warn("members", "are missing: every call goes to the exit");
        }
        fields.finish();
        return group;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.RING_GROUPS, accountId, name));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        Ownership.check(fields, "moh_media_id", ResourceKind.MEDIA, mohMediaId, accountId, others);
        exit.checkStem(fields, "exit_dest", accountId, others);
        hours.check(fields, accountId, others);
        RingGroupMember.check(members, fields, accountId, others);
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.RING_GROUPS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.word("strategy", strategy);
        json.number("ring_timeout_sec", ringTimeoutSec);
        json.id("moh_media_id", mohMediaId, ResourceKind.MEDIA.prefix());
        exit.writeStem(json, "exit_dest");
        hours.write(json);
        json.startList("members");
        for (final RingGroupMember member : members) {
            member.write(json);
        }
        json.endList();
        return json.finish();
    }
}

package io.tandem.routing.model;

import java.util.List;

/**
 * Phones that answer by themselves when somebody speaks to all of them: an intercom.
 *
 * @param duplex whether they can speak back.
 */
public record PagingGroup(
        ResourceId id, ResourceId accountId, String name, boolean duplex, List<RingGroupMember> members)
        implements Resource {

    /** Copies the list. */
    public PagingGroup {
        members = List.copyOf(members);
    }

    /** Reads one and reports what is wrong with it. */
    public static PagingGroup read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final PagingGroup group = new PagingGroup(
                fields.identity(ResourceKind.PAGING_GROUPS, Trunk.naturalKey(account, name)),
                account,
                name,
                fields.flag("is_duplex", false),
                fields.list("members", RingGroup.MEMBERS_MAX, member -> RingGroupMember.read(member, account)));
        fields.finish();
        return group;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.PAGING_GROUPS, accountId, name));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        RingGroupMember.check(members, fields, accountId, others);
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.PAGING_GROUPS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.flag("is_duplex", duplex);
        json.startList("members");
        for (final RingGroupMember member : members) {
            member.write(json);
        }
        json.endList();
        return json.finish();
    }
}

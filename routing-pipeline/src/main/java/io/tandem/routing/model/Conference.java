package io.tandem.routing.model;

import java.util.List;

/**
 * A conference room, which a media server mixes.
 *
 * @param maxMembers most members at a time, or {@link Fields#UNLIMITED}.
 * @param mohMediaId what a lone member hears, or {@link ResourceId#NIL}.
 */
public record Conference(
        ResourceId id,
        ResourceId accountId,
        String name,
        String pinSecretRef,
        String adminPinSecretRef,
        int maxMembers,
        ResourceId mohMediaId,
        boolean record) implements Resource {

    private static final int MEMBERS_MAX = 10_000;

    /** Reads one and reports what is wrong with it. */
    public static Conference read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final Conference conference = new Conference(
                fields.identity(ResourceKind.CONFERENCES, Trunk.naturalKey(account, name)),
                account,
                name,
                fields.secretReference("pin_secret_ref"),
                fields.secretReference("admin_pin_secret_ref"),
                fields.integer("max_members", Fields.UNLIMITED, 1, MEMBERS_MAX),
                fields.reference("moh_media_id", ResourceKind.MEDIA, account),
                fields.flag("record", false));
        fields.finish();
        return conference;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.CONFERENCES, accountId, name));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        Ownership.check(fields, "moh_media_id", ResourceKind.MEDIA, mohMediaId, accountId, others);
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.CONFERENCES.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.text("pin_secret_ref", pinSecretRef);
        json.text("admin_pin_secret_ref", adminPinSecretRef);
        json.number("max_members", maxMembers);
        json.id("moh_media_id", mohMediaId, ResourceKind.MEDIA.prefix());
        json.flag("record", record);
        return json.finish();
    }
}

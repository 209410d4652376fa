package io.tandem.routing.model;

import java.util.List;

/**
 * A tenant, or a reseller of tenants.
 *
 * @param parentId reseller above it, or {@link ResourceId#NIL}.
 * @param country country in which it dials, two letters; empty for that of the nearest account above it that has one.
 * @param maxIn most simultaneous calls to its numbers and those below it, or {@link Fields#UNLIMITED}.
 * @param maxOut most simultaneous calls that it and those below it place, or {@link Fields#UNLIMITED}.
 * @param maxDialer most simultaneous calls of its dialer, or {@link Fields#UNLIMITED}.
 * @param numberDefault where its numbers without a target go, or {@link RouteTarget#NONE} for where those of the nearest account
 *     above go that {@link #sharesDefault() shares} its own.
 * @param maxCallSec longest call, or {@link Fields#UNLIMITED}.
 * @param maxVirtualNumbers most virtual numbers of its own, or {@link Fields#UNLIMITED}.
 * @param mediaTrunkId trunk of the media server that speaks and listens for it; {@link ResourceId#NIL} for that of its parent.
 */
public record Account(
        ResourceId id,
        String name,
        ResourceId parentId,
        AccountStatus status,
        boolean reseller,
        String timezone,
        String country,
        String brandName,
        String brandDomain,
        int maxIn,
        int maxOut,
        int maxDialer,
        String defaultCidNumber,
        String language,
        VoiceGender voiceGender,
        RouteTarget numberDefault,
        int maxCallSec,
        int maxVirtualNumbers,
        ResourceId mediaTrunkId)
        implements Resource {

    /** Most accounts above one another, itself included. */
    public static final int DEPTH_MAX = 8;

    /** Longest call that a ceiling on duration may allow: a week. */
    public static final int CALL_SEC_MAX = 604_800;

    /** What its identifier derives from. */
    public static String naturalKey(final Fields fields) {
        return fields.text("name", "");
    }

    /** Reads one and reports what is wrong with it. */
    public static Account read(final Fields fields) {
        final String name = fields.required("name");
        final ResourceId id = fields.identity(ResourceKind.ACCOUNTS, name);
        final Account account = new Account(
                id,
                name,
                fields.reference("parent_id", ResourceKind.ACCOUNTS, ResourceId.NIL),
                fields.choice("status", AccountStatus.class, AccountStatus.ACTIVE),
                fields.flag("is_reseller", false),
                TimeZones.read(fields, "timezone", "UTC"),
                Countries.read(fields, "country"),
                fields.text("brand_name", ""),
                fields.text("brand_domain", ""),
                fields.ceiling("max_in"),
                fields.ceiling("max_out"),
                fields.ceiling("max_dialer"),
                fields.number("default_cid_number"),
                fields.text("language", "en-US"),
                fields.choice("voice_gender", VoiceGender.class, null),
                RouteTarget.read(fields, "did_default_", id),
                fields.integer("max_call_sec", Fields.UNLIMITED, 1, CALL_SEC_MAX),
                fields.ceiling("max_virtual_numbers"),
                fields.reference("media_trunk_id", ResourceKind.TRUNKS, id));
        fields.finish();
        return account;
    }

    @Override
    public ResourceId accountId() {
        return id;
    }

    /**
     * Whether numbers without a target of the accounts below go where those of this one do: what is there takes calls of other
     * accounts too, as trunks, flows and hanging up do.
     */
    public boolean sharesDefault() {
        return switch (numberDefault.kind()) {
            case TRUNK, FLOW, HANGUP -> true;
            default -> false;
        };
    }

    /** Whether its numbers without a target go somewhere: where it says itself, or where an account above shares. */
    boolean hasDefault(final Resources others) {
        if (numberDefault.kind() != TargetKind.NONE) {
            return true;
        }
        Account above = this;
        for (int depth = 1; depth < DEPTH_MAX && above != null && !above.parentId.isNil(); depth++) {
            above = (Account) others.find(ResourceKind.ACCOUNTS, above.parentId);
            if (above != null && above.sharesDefault()) {
                return true;
            }
        }
        return false;
    }

    /** How many numbers it has that lead nowhere: without a target, where no account says where such go. */
    public long unroutedNumbers(final Resources others) {
        return hasDefault(others)
                ? 0
                : others.referrerCount(ResourceKind.NUMBERS, ResourceKind.ACCOUNTS, PhoneNumber.untargeted(id));
    }

    @Override
    public List<UniqueName> names() {
        final UniqueName own = new UniqueName(ResourceKind.ACCOUNTS, "name", ResourceId.NIL, name);
        return brandDomain.isEmpty()
                ? List.of(own)
                : List.of(own, new UniqueName(ResourceKind.ACCOUNTS, "brand_domain", ResourceId.NIL, brandDomain));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        numberDefault.check(fields, "did_default_", id, others);
        if (others.find(ResourceKind.TRUNKS, mediaTrunkId) instanceof Trunk trunk
                && trunk.direction() == TrunkDirection.INBOUND) {
            fields.refuse("media_trunk_id", "names a trunk that takes no calls", "give it direction both or outbound");
        }
        checkNumbers(fields, others);
        Account above = this;
        for (int depth = 1; above != null && !above.parentId.isNil(); depth++) {
            if (above.parentId.equals(id)) {
                fields.refuse("parent_id", "leads back to the account itself", "break the circle");
                return;
            }
            if (depth == DEPTH_MAX) {
                fields.refuse("parent_id", "must have at most " + DEPTH_MAX + " accounts in a chain", "flatten it");
                return;
            }
            above = (Account) others.find(ResourceKind.ACCOUNTS, above.parentId);
        }
    }

    /** What its numbers rely on: where those without a target go, and that there may be so many virtual ones. */
    private void checkNumbers(final Fields fields, final Resources others) {
        final long untargeted = fields.given("did_default_dest_kind") ? 0 : unroutedNumbers(others);
        if (untargeted > 0) {
            fields.refuse(
                    "did_default_dest_kind",
                    "is required, since numbers of the account have no target of their own: numbers=" + untargeted,
                    "give those a dest_kind first");
        }
        if (maxVirtualNumbers == Fields.UNLIMITED) {
            return;
        }
        final long virtual =
                others.referrerCount(ResourceKind.NUMBERS, ResourceKind.ACCOUNTS, PhoneNumber.virtualNumbers(id));
        if (virtual > maxVirtualNumbers) {
            fields.refuse(
                    "max_virtual_numbers",
                    "must not be below what the account has: numbers=" + virtual,
                    "delete some of the virtual numbers first");
        }
    }

    @Override
    public String reliedOn(final Resource before) {
        if (!(before instanceof Account account)) {
            return "";
        }
        if (!parentId.equals(account.parentId)) {
            return "parent_id";
        }
        return account.sharesDefault() && !sharesDefault() ? "did_default_dest_kind" : "";
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.id("parent_id", parentId, ResourceKind.ACCOUNTS.prefix());
        json.word("status", status);
        json.flag("is_reseller", reseller);
        json.text("timezone", timezone);
        json.text("country", country);
        json.text("brand_name", brandName);
        json.text("brand_domain", brandDomain);
        json.number("max_in", maxIn);
        json.number("max_out", maxOut);
        json.number("max_dialer", maxDialer);
        json.text("default_cid_number", defaultCidNumber);
        json.text("language", language);
        json.word("voice_gender", voiceGender);
        numberDefault.write(json, "did_default_");
        json.number("max_call_sec", maxCallSec);
        json.number("max_virtual_numbers", maxVirtualNumbers);
        json.id("media_trunk_id", mediaTrunkId, ResourceKind.TRUNKS.prefix());
        return json.finish();
    }
}

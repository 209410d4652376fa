package io.tandem.routing.model;

import java.util.List;

/**
 * A person or agent, whom calls are for; devices register for it.
 *
 * @param username user part of its SIP address, unique within the account.
 * @param maxSimultaneous most simultaneous calls, or {@link Fields#UNLIMITED}; when they are reached, it is busy (D13).
 * @param ringTimeoutSec how long its devices ring before nobody answers.
 * @param voicemailId box for calls that nobody takes, or {@link ResourceId#NIL}.
 * @param forwardAlways where all calls go, or {@link RouteTarget#NONE}.
 * @param forwardBusy where calls go when it is busy or not to be disturbed, or {@link RouteTarget#NONE}.
 * @param forwardNoAnswer where calls go that no device answers or can be reached for, or {@link RouteTarget#NONE}.
 */
public record User(
        ResourceId id,
        ResourceId accountId,
        String username,
        String displayName,
        boolean agent,
        String outCidNumber,
        String outCidName,
        int maxSimultaneous,
        int ringTimeoutSec,
        ResourceId voicemailId,
        ServiceStatus status,
        RingStrategy ringStrategy,
        boolean doNotDisturb,
        RouteTarget forwardAlways,
        RouteTarget forwardBusy,
        RouteTarget forwardNoAnswer,
        boolean autoReadyOnLogin,
        boolean autoQueueLogin)
        implements Resource {

    /** Longest that anything rings, ten minutes. */
    public static final int RING_SEC_MAX = 600;

    /** How long a user's devices ring unless it says otherwise. */
    public static final int RING_SEC_USUAL = 25;

    /** Reads one and reports what is wrong with it. */
    public static User read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String username = UserName.read(fields, "username");
        final User user = new User(
                fields.identity(ResourceKind.USERS, Trunk.naturalKey(account, username)),
                account,
                username,
                fields.text("display_name", ""),
                fields.flag("is_agent", false),
                fields.number("out_cid_number"),
                fields.text("out_cid_name", ""),
                fields.ceiling("max_simultaneous"),
                fields.integer("ring_timeout_sec", RING_SEC_USUAL, 1, RING_SEC_MAX),
                fields.reference("voicemail_id", ResourceKind.VOICEMAIL_BOXES, account),
                fields.choice("status", ServiceStatus.class, ServiceStatus.ACTIVE),
                fields.choice("ring_strategy", RingStrategy.class, RingStrategy.SIMULTANEOUS),
                fields.flag("dnd", false),
                RouteTarget.readStem(fields, "fwd_always", account),
                RouteTarget.readStem(fields, "fwd_busy", account),
                RouteTarget.readStem(fields, "fwd_noanswer", account),
                fields.flag("auto_ready_on_login", false),
                fields.flag("auto_queue_login", false));
        fields.finish();
        return user;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(new UniqueName(ResourceKind.USERS, "username", accountId, username));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        Ownership.check(fields, "voicemail_id", ResourceKind.VOICEMAIL_BOXES, voicemailId, accountId, others);
        forwardAlways.checkStem(fields, "fwd_always", accountId, others);
        forwardBusy.checkStem(fields, "fwd_busy", accountId, others);
        forwardNoAnswer.checkStem(fields, "fwd_noanswer", accountId, others);
        if (others.find(ResourceKind.EXTENSIONS, fields.bearer(ResourceKind.EXTENSIONS, username, accountId))
                        instanceof Extension extension
                && extension.accountId().equals(accountId)
                && !extension.isFor(id)) {
            fields.warn("username", "is the digits of an extension too: whoever dials it reaches the extension");
        }
    }

    @Override
    public String reliedOn(final Resource before) {
        return !agent && before instanceof User user && user.agent ? "is_agent" : Resource.super.reliedOn(before);
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.USERS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("username", username);
        json.text("display_name", displayName);
        json.flag("is_agent", agent);
        json.text("out_cid_number", outCidNumber);
        json.text("out_cid_name", outCidName);
        json.number("max_simultaneous", maxSimultaneous);
        json.number("ring_timeout_sec", ringTimeoutSec);
        json.id("voicemail_id", voicemailId, ResourceKind.VOICEMAIL_BOXES.prefix());
        json.word("status", status);
        json.word("ring_strategy", ringStrategy);
        json.flag("dnd", doNotDisturb);
        forwardAlways.writeStem(json, "fwd_always");
        forwardBusy.writeStem(json, "fwd_busy");
        forwardNoAnswer.writeStem(json, "fwd_noanswer");
        json.flag("auto_ready_on_login", autoReadyOnLogin);
        json.flag("auto_queue_login", autoQueueLogin);
        return json.finish();
    }
}

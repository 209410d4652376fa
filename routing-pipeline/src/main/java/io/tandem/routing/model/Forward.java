package io.tandem.routing.model;

import java.util.List;

/**
 * An external number that calls are passed on to, over the account's own ways out.
 *
 * @param number digits of an E.164 number.
 * @param trigger when it applies to those who list it; reached as a route target it applies always.
 * @param timeoutSec how long it rings.
 * @param callerIdNumber what {@code custom} shows, else empty.
 * @param confirm whether whoever answers has to press 1 before the caller is let through.
 * @param overflow where a call goes that nobody took, or {@link RouteTarget#NONE}.
 */
public record Forward(
        ResourceId id,
        ResourceId accountId,
        String name,
        String number,
        ForwardTrigger trigger,
        int timeoutSec,
        CallerIdMode callerIdMode,
        String callerIdNumber,
        boolean confirm,
        RouteTarget overflow) implements Resource {

    /** Reads one and reports what is wrong with it. */
    public static Forward read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final String number = fields.number("number");
        if (!fields.given("number")) {
            fields.refuse("number", "is required", "write it like 12025550123");
        }
        final Forward forward = new Forward(
                fields.identity(ResourceKind.FORWARDS, Trunk.naturalKey(account, name)),
                account,
                name,
                number,
                fields.choice("trigger", ForwardTrigger.class, ForwardTrigger.ALWAYS),
                fields.integer("timeout_sec", 30, 1, User.RING_SEC_MAX),
                fields.choice("cid_mode", CallerIdMode.class, CallerIdMode.PASSTHROUGH),
                fields.number("cid_number"),
                fields.flag("confirm", false),
                RouteTarget.readStem(fields, "overflow_dest", account));
        if (forward.callerIdMode == CallerIdMode.CUSTOM != fields.given("cid_number")) {
            fields.refuse("cid_number", "goes with cid_mode custom, and only with it", "give both or neither");
        }
        fields.finish();
        return forward;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.FORWARDS, accountId, name));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        overflow.checkStem(fields, "overflow_dest", accountId, others);
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.FORWARDS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.text("number", number);
        json.word("trigger", trigger);
        json.number("timeout_sec", timeoutSec);
        json.word("cid_mode", callerIdMode);
        json.text("cid_number", callerIdNumber);
        json.flag("confirm", confirm);
        overflow.writeStem(json, "overflow_dest");
        return json.finish();
    }
}
